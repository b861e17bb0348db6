import { pick, seededRandom } from './random.ts';

/** An invented person, the same in every emulator: the same people are in several CRMs, as in real companies. */
export interface Person {
  /** From 0. */
  readonly index: number;
  readonly country: 'VN' | 'CN' | 'EC';
  readonly firstName: string;
  readonly lastName: string;
  /** In the order of the person's language. */
  readonly fullName: string;
  readonly email: string;
  /** Digits of the country code and of the national number without a leading zero. */
  readonly callingCode: string;
  readonly nationalNumber: string;
  /** As somebody typed it: one of the spellings common in the country. */
  readonly phoneAsTyped: string;
  readonly gender: 'male' | 'female';
  /** `YYYY-MM-DD`, null for some. */
  readonly birthday: string | null;
  readonly street: string;
  readonly city: string;
  readonly province: string;
  readonly postalCode: string;
  readonly company: string | null;
  readonly jobTitle: string | null;
  readonly identityNumber: string;
  /** Some of `TAG_NAMES`. */
  readonly tags: readonly string[];
  readonly note: string;
  readonly acceptsMarketing: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const TAG_NAMES = [
  'VIP',
  'Đã mua',
  'Khách hàng mới',
  'Khách sỉ',
  '老客户',
  '双十一',
  '会员',
  'Cliente frecuente',
  'Prospecto',
  'Mayorista',
] as const;

const NAMES = {
  VN: {
    last: ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Vũ', 'Đặng', 'Bùi', 'Đỗ'],
    male: ['Văn An', 'Minh Quân', 'Đức Huy', 'Quốc Bảo', 'Hữu Thắng', 'Gia Khánh', 'Tuấn Kiệt'],
    female: ['Thị Hoa', 'Ngọc Ánh', 'Thu Hà', 'Bảo Trân', 'Phương Thảo', 'Khánh Linh', 'Mỹ Duyên'],
    places: [
      ['Cầu Giấy', 'Hà Nội', '100000'],
      ['Quận 1', 'Hồ Chí Minh', '700000'],
      ['Hải Châu', 'Đà Nẵng', '550000'],
    ],
    streets: ['Phố Huế', 'Nguyễn Trãi', 'Lê Lợi', 'Trần Phú'],
    companies: ['Cửa hàng Sen Vàng', 'Công ty Biển Xanh', 'Nội thất Mộc An'],
    jobs: ['Kế toán', 'Chủ cửa hàng', 'Nhân viên bán hàng'],
    notes: ['Gọi sau 17h', 'Thích hàng khuyến mãi', ''],
  },
  CN: {
    last: ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '欧阳'],
    male: ['伟', '建国', '浩然', '子轩', '志强', '宇航'],
    female: ['芳', '丽娟', '欣怡', '雨桐', '秀英', '梓涵'],
    places: [
      ['浦东新区', '上海市', '200120'],
      ['天河区', '广东省', '510630'],
      ['西湖区', '浙江省', '310013'],
    ],
    streets: ['人民路', '中山路', '解放大道', '文一西路'],
    companies: ['星辰贸易有限公司', '云杉茶业', '海纳电子'],
    jobs: ['采购经理', '店主', '运营'],
    notes: ['下午联系', '喜欢新品', ''],
  },
  EC: {
    last: ['Montoya Ruiz', 'Alemán Vera', 'Campos Díaz', 'Zambrano Loor', 'Quishpe Toapanta', 'Ortiz Peña'],
    male: ['Alfonso', 'José Luis', 'Ángel', 'Byron', 'Néstor', 'Íñigo'],
    female: ['Sonia', 'María José', 'Verónica', 'Doménica', 'Lucía', 'Inés'],
    places: [
      ['Quito', 'Pichincha', '170207'],
      ['Guayaquil', 'Guayas', '090313'],
      ['Cuenca', 'Azuay', '010107'],
    ],
    streets: ['Av. Amazonas', 'Rambla Alfredo', 'Calle Larga', 'Av. 9 de Octubre'],
    companies: ['Panadería La Unión', 'Textiles del Sol', 'Ferretería Andina'],
    jobs: ['Contadora', 'Gerente', 'Vendedor'],
    notes: ['Prefiere WhatsApp', 'Llamar por la mañana', ''],
  },
} as const;

const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** The first `count` people; a longer list starts with the same people. */
export function people(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, index) => person(index));
}

function person(index: number): Person {
  const random = seededRandom(index + 1);
  const country = (['VN', 'CN', 'EC'] as const)[index % 3] ?? 'VN';
  const words = NAMES[country];
  const gender = random() < 0.5 ? 'male' : 'female';
  const lastName = pick<string>(random, words.last);
  const firstName = pick<string>(random, words[gender]);
  const [city, province, postalCode] = pick<readonly [string, string, string]>(random, words.places);
  const { callingCode, nationalNumber } = phoneOf(country, index);
  const createdAt = new Date(FIRST_DAY + index * 0.9 * DAY + Math.floor(random() * 40_000) * 1_000);
  const latin = country === 'CN' ? 'kehu' : plain(`${firstName}.${lastName}`);
  return {
    index,
    country,
    firstName,
    lastName,
    fullName:
      country === 'EC'
        ? `${firstName} ${lastName}`
        : country === 'VN'
          ? `${lastName} ${firstName}`
          : lastName + firstName,
    email: `${latin}${index}@example.${country === 'EC' ? 'ec' : country === 'VN' ? 'vn' : 'cn'}`,
    callingCode,
    nationalNumber,
    phoneAsTyped: spell(random, country, callingCode, nationalNumber),
    gender,
    birthday:
      random() < 0.8
        ? day(Date.UTC(1960 + Math.floor(random() * 45), Math.floor(random() * 12), 1 + Math.floor(random() * 28)))
        : null,
    street: `${1 + Math.floor(random() * 300)} ${pick<string>(random, words.streets)}`,
    city,
    province,
    postalCode,
    company: random() < 0.4 ? pick<string>(random, words.companies) : null,
    jobTitle: random() < 0.4 ? pick<string>(random, words.jobs) : null,
    identityNumber: String(1_700_000_000 + index * 97),
    tags: TAG_NAMES.filter(() => random() < 0.2),
    note: pick<string>(random, words.notes),
    acceptsMarketing: random() < 0.6,
    createdAt,
    updatedAt: new Date(createdAt.getTime() + Math.floor(random() * 90 * 86_400) * 1_000),
  };
}

function phoneOf(country: Person['country'], index: number) {
  if (country === 'VN') return { callingCode: '84', nationalNumber: `36${String(3_000_000 + index * 7)}` };
  if (country === 'CN') return { callingCode: '86', nationalNumber: `138${String(10_000_000 + index * 7)}` };
  return { callingCode: '593', nationalNumber: `99${String(1_000_000 + index * 7)}` };
}

function spell(random: () => number, country: Person['country'], code: string, number: string): string {
  const trunk = country === 'CN' ? '' : '0';
  return pick(random, [
    `+${code}${number}`,
    `+${code} ${number.slice(0, 2)} ${number.slice(2, 5)} ${number.slice(5)}`,
    `${trunk}${number}`,
    `${trunk}${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`,
    `00${code}${number}`,
  ]);
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Latin letters, digits and dots only. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z.]/g, '');
