// Value types of ours as other teams copy them: whole, because whoever answers one must know all of its fields.

export const POSTAL_ADDRESS = `type PostalAddress @shareable {
  fullName: String
  company: String
  phone: String
  email: String
  line1: String
  line2: String
  ward: String
  district: String
  city: String
  province: String
  postalCode: String
  countryCode: String
  country: String
  isDefault: Boolean
}`;

export const MEMBERSHIP = `type Membership @shareable {
  level: String
  points: Int
  totalPoints: Int
}`;

export const PAGE_INFO = `type PageInfo @shareable {
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
  endCursor: String
}`;
