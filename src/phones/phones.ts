import parsePhoneNumber, { type CountryCode, isSupportedCountry } from 'libphonenumber-js/min';
import type { Phones } from '../crm/phones.ts';

const LONGEST_PHONE = 64;

export const phones: Phones = {
  toE164(phone, region) {
    if (phone.length > LONGEST_PHONE) return null;
    const country: CountryCode | undefined = isSupportedCountry(region) ? region : undefined;
    const parsed = parsePhoneNumber(phone, country === undefined ? {} : { defaultCountry: country });
    return parsed?.isPossible() ? parsed.number : null;
  },
};
