#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rescind_fuzz::config::check(bytes));
