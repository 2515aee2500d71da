// Parts from which the people after the first forty are put together.
// One script a row: given names, family names, and a joiner.

export const SCRIPTS = [
  { weight: 8, join: ' ', given: ['Anna', 'Ben', 'Cleo', 'Dario', 'Elif', 'Femke', 'Gustaf', 'Hilde', 'Ines', 'Jonas', 'Katja', 'Luis', 'Milan', 'Noor', 'Otto', 'Pia', 'Quirin', 'Rosa', 'Sami', 'Tilda', 'Ugo', 'Vera', 'Wanda', 'Yusuf', 'Zora'], family: ['Ashgrove', 'Birkenhain', 'Caldermoor', 'Dunmarsh', 'Eastwick', 'Farrowdale', 'Glenbrook', 'Harrowgate', 'Ivesson', 'Juniper', 'Kestrel', 'Larkspur', 'Millrace', 'Northfield', 'Oakhollow', 'Pinecroft', 'Quarrier', 'Ravensby', 'Stonebeck', 'Thistlewood', 'Underhill', 'Vossberg', 'Wetherby', 'Yarrow'] },
  { weight: 3, join: ' ', given: ['Chloé', 'François', 'Łucja', 'Šárka', 'Jürgen', 'Siobhán', 'Þóra', 'Ömer', 'Żaneta', 'Ángel'], family: ['Beaupré', 'Černý', 'Dvořáková', 'Fjällström', 'Gonçalves', 'Hašek', 'Íñiguez', 'Kőszegi', 'Müßig', 'Ørsted'] },
  { weight: 1, join: ' ', given: ['Марія', 'Пётр', 'Светлана', 'Тарас'], family: ['Лисенко', 'Соколов', 'Зорина', 'Бондар'] },
  { weight: 1, join: ' ', given: ['Ελένη', 'Νίκος', 'Σοφία'], family: ['Γεωργίου', 'Κύρου', 'Λάμπρου'] },
  { weight: 1, join: ' ', given: ['ليلى', 'يوسف', 'سامي'], family: ['النجار', 'الصباغ', 'البحري'] },
  { weight: 1, join: ' ', given: ['נועה', 'איתן', 'תמר'], family: ['גבאי', 'שלום', 'ברק'] },
  { weight: 1, join: '', given: ['王', '李', '陈', '佐藤', '中村'], family: ['小雨', '明月', '海', '千夏', '健'] },
  { weight: 1, join: '', given: ['이', '박', '정', '최'], family: ['서연', '도윤', '바다', '가온'] },
  { weight: 1, join: ' ', given: ['रोहन', 'मीरा', 'कबीर'], family: ['जोशी', 'नायर', 'चौहान'] },
];

export const TRADES = ['Clockmaker', 'Bridge engineer', 'Soil scientist', 'Harbour pilot', 'Recruiter', 'Font designer', 'Beekeeper', 'Tram driver', 'Data archivist', 'Choir conductor', 'Weaver', 'Talent Acquisition Partner', 'Weather forecaster', 'Translator', 'Glassblower', 'Founder', 'Product manager', 'Nurse', 'Cheese grader', 'Volcanologist'];

export const PLACES = ['Example Works', 'Northwind Mills', 'Lantern & Co', 'Tidewater Lab', 'Moss Valley Council', 'Paper Crane Ltd', 'Quiet Motors', 'The Umbrella Library'];

export const ASIDES = ['', '', '', ' | hiring!', ' | ex-lighthouse', ' since 2011', ' for 7 years', ' (sold my shop 2 years ago)', ' | she/her', ' 🚲', ' — open to work'];

export const NOTES = [
  'Hi {first}, nice to meet you at the fair.',
  'Hello {first}, I enjoyed your article about slow trains and would like to follow your work.',
  'Hi {first},\nwe spoke on Tuesday about the greenhouse project.\nBest regards\nAlex',
  'Dear {first}, 5 weeks ago you asked me for the drawings of the old mill. I have found all of them in the attic, together with the bill of 1911 and a photograph of the miller, and can send you copies whenever you like.',
];
