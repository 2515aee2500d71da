// The first forty people, written by hand: every shape of row that the real
// list is known to show, so that one screen of the demo meets them all.
// All of them are invented. [name, slug or null, headline, note or null]

const MEMBER = 'nameless';
const LONG_NOTE =
  'Hi Tomasz, we sat at the same table at the water-pump conference in Gdynia and you told me about the ' +
  'three valves that never close. I have since found out why, and would love to tell you over a coffee.';

export const CAST = [
  ['Mara Lindqvist', 'mara-lindqvist', 'Lighthouse keeper and part-time cartographer', null],
  ['José Ñíguez Álvarez', 'jose-niguez-alvarez-4b81a2', 'Ingeniero de puentes | Puentes Ñíguez', 'Hola José, great talk on rope bridges!'],
  ['Олена Ковальчук', '%D0%BE%D0%BB%D0%B5%D0%BD%D0%B0-%D0%BA%D0%BE%D0%B2%D0%B0%D0%BB%D1%8C%D1%87%D1%83%D0%BA-77a1', 'Архітекторка даних', null],
  ['Bram de Ruyter', 'bramderuyter', '--', null],
  ['Priya Venkataraman', 'priya-venkataraman-9', '10 years building tidal turbines nobody has seen', null],
  ['أمينة الحداد', '%D8%A3%D9%85%D9%8A%D9%86%D8%A9-%D8%A7%D9%84%D8%AD%D8%AF%D8%A7%D8%AF', 'مهندسة مياه في شركة نهر', null],
  ['Tomasz Żółkiewski', 'tomasz-zolkiewski', 'Pump whisperer', LONG_NOTE],
  ['Nils Osterhagen', 'nils-osterhagen', 'Sold a company 3 months ago, growing pears since', null],
  ['山本 春樹', '%E5%B1%B1%E6%9C%AC-%E6%98%A5%E6%A8%B9-5b2', '時計職人 | 東京', null],
  ['Roshni S.', 'roshni-s-2281b4', 'Kite tester', null],
  ['Fatou N’Diaye-Keller', 'fatou-ndiaye-keller', 'Talent Acquisition at Example Orchards', 'Hi Fatou, I saw your post about the orchard jobs.'],
  ['kim.pine@example.org', null, '--', null],
  ['Δήμητρα Παπαδάκη', '%CE%B4%CE%AE%CE%BC%CE%B7%CF%84%CF%81%CE%B1-%CF%80%CE%B1%CF%80%CE%B1%CE%B4%CE%AC%CE%BA%CE%B7', 'Μηχανικός ήχου', null],
  ['Alex Rivers', 'alex-rivers-boats', 'Boat builder, Port Example', null],
  ['김하늘', '%EA%B9%80%ED%95%98%EB%8A%98-0c4', '지도 제작자', null],
  ['Sven-Åke Björnström', 'sven-ake-bjornstrom-120394857', 'Sent from the mountains: snow surveyor', null],
  ['Grace Oyelaran 🌊', 'grace-oyelaran', 'Oceanographer 🌊🐙 she/her', 'Sent 2 years ago we met at the harbour, do you remember?'],
  ['Dr. Wim van den Aardappel', 'wim-van-den-aardappel', 'CEO, Aardappel & Zonen', null],
  ['דנה אברמוביץ׳', '%D7%93%D7%A0%D7%94-%D7%90%D7%91%D7%A8%D7%9E%D7%95%D7%91%D7%99%D7%A5', 'מעצבת מפות', null],
  ['Lucía O’Donnell', 'lucia-odonnell', 'Recruiter | Hiring clockmakers', 'Hi Lucía,\nthanks for the kind words.\nI would be glad to stay in touch.\nRobin'],
  ['Alex Rivers', 'alex-rivers-bees', 'Beekeeper, Honeyfield', null],
  ['Иван Иванов', 'ivan-ivanov-00012', 'Продаю воздух с 2009 года', null],
  ['अनन्या देशमुख', '%E0%A4%85%E0%A4%A8%E0%A4%A8%E0%A5%8D%E0%A4%AF%E0%A4%BE', 'शिक्षिका', null],
  ['Tobias Grünwald', 'tobias-gruenwald', 'Presenting at HillConf for the first time, 12 years ago', null],
  [MEMBER, null, '--', null],
  ['Chiara D’Angelo-Winterbottom-Featherstonehaugh', 'chiara-d-w-f', 'Violin restorer', null],
  ['ณัฐวุฒิ สุขใจ', '%E0%B8%93%E0%B8%B1%E0%B8%90%E0%B8%A7%E0%B8%B8%E0%B8%92%E0%B8%B4', 'ผู้เชี่ยวชาญด้านแผนที่', null],
  ['Jo', 'jo', 'Student', null],
  ['Hanneke Visser, PhD', 'hanneke-visser-phd', 'Founder & investor | “Make rain” | ex-Cloud', null],
  ['张伟', '%E5%BC%A0%E4%BC%9F-8a10b2', '首席风筝设计师', null],
  ['Ada Example', 'ada-example', 'Analytical engine operator', 'Dear Ada, thank you for the reference letter!'],
  ['Mehmet Yıldırım', 'mehmet-yildirim', 'Köprü mühendisi', null],
  ['Zoë Quackenbush', 'zo%C3%AB-quackenbush', 'Withdraw your savings: podcast host', null],
  ['Paul-Émile Lefèvre', 'paul-emile-lefevre', 'Boulanger, 3 weeks ago still an accountant', null],
  ['ROBERTO MAGGIORE', 'robertomaggiore', 'SALES SALES SALES', 'Hello Roberto, as agreed on the phone. Best, Robin'],
  ['Nguyễn Thị Minh Khai', 'nguy%E1%BB%85n-th%E1%BB%8B-minh-khai', 'Kiến trúc sư', null],
  ['Inés Caballero', 'ines-caballero-5', 'Lamplighter at Example City Council', null],
  ['Oluwaseun “Seun” Adé', 'seun-ade', 'Tailor to the stars', null],
  ['Petra Horáková', 'petra-horakova', '--', null],
  ['Björk Tveit', 'bjork-tveit', 'Retired. Sent regards to everybody', null],
];

export const isNameless = (name) => name === MEMBER;
