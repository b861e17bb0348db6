import parsePhoneNumber, { type CountryCode, isSupportedCountry, type PhoneNumber } from 'libphonenumber-js/min';
import type { Phones } from '../crm/phones.ts';

const LONGEST_PHONE = 64;

export const phones: Phones = {
  toE164: (phone, region) => parse(phone, region)?.number ?? null,
  parts(phone, region) {
    const parsed = parse(phone, region);
    return parsed === undefined ? null : { callingCode: parsed.countryCallingCode, national: parsed.nationalNumber };
  },
};

function parse(phone: string, region: string): PhoneNumber | undefined {
  if (phone.length > LONGEST_PHONE) return undefined;
  const country: CountryCode | undefined = isSupportedCountry(region) ? region : undefined;
  const parsed = parsePhoneNumber(phone, country === undefined ? {} : { defaultCountry: country });
  // An extension has no place in E.164 and would be lost.
  return parsed?.isPossible() && parsed.ext === undefined ? parsed : undefined;
}
