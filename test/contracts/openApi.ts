import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject } from '../../src/crm/json.ts';
import type { Exchange } from '../../src/emulation/emulator.ts';

/** What one exchange says that the vendor's OpenAPI document does not; one sentence each. */
export type FindProblems = (exchange: Exchange) => readonly string[];

const NOTHING: FindProblems = () => [];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * Holds exchanges of an emulator against `documents/<vendor>.openapi.yaml`; without such a document there is nothing to
 * hold them against. Not judged: calls outside the document (heidianer's token exchange), played faults, and answers
 * with a status the document does not list. Exchanges under another quirk than the default are not to be handed in:
 * quirks are readings the document may not share.
 */
export function contractOf(vendor: string): FindProblems {
  const file = join(import.meta.dirname, 'documents', `${vendor}.openapi.yaml`);
  return existsSync(file) ? judge(parse(readFileSync(file, 'utf8'))) : NOTHING;
}

interface Operation {
  readonly pathValues: ValidateFunction;
  readonly query: ValidateFunction;
  /** Undefined where the operation takes no body. */
  readonly body: ValidateFunction | undefined;
  readonly isBodyRequired: boolean;
  /** By `200`, `4XX` or `default`; undefined where the answer has no body. */
  readonly answers: ReadonlyMap<string, ValidateFunction | undefined>;
}

function judge(document: JsonObject): FindProblems {
  const operations = operationsOf(document);
  return (exchange) => {
    if (exchange.operation === 'exchangeToken' || exchange.fault !== undefined) return [];
    const operation = operations.get(keyOf(exchange.method, exchange.route ?? exchange.url));
    const call = `${exchange.method} ${exchange.route ?? exchange.url}`;
    if (operation === undefined) return [`${call} is not in the document`];
    const problems: string[] = [];
    const hold = (place: string, validate: ValidateFunction | undefined, value: unknown) => {
      // As it travels: without keys whose value is undefined. Validation turns text into numbers, in this copy only.
      const sent: unknown = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
      if (validate === undefined && sent !== undefined) problems.push(`${call}: there is no ${place} in the document`);
      if (validate === undefined || validate(sent)) return;
      for (const { instancePath, message, params } of validate.errors ?? []) {
        problems.push(`${call}: ${place}${instancePath} ${message} (${Object.values(params).join(', ')})`);
      }
    };
    // By position: the names of places in our routes are our own.
    hold('path', operation.pathValues, Object.values(exchange.pathValues));
    hold('query', operation.query, exchange.query);
    if (exchange.body !== undefined || operation.isBodyRequired) hold('body', operation.body, exchange.body);
    const status = String(exchange.status);
    const listed = [status, `${status.charAt(0)}XX`, 'default'].find((name) => operation.answers.has(name));
    if (listed !== undefined) hold(`answer ${status}`, operation.answers.get(listed), exchange.answer);
    return problems;
  };
}

const keyOf = (method: string, route: string): string => `${method.toUpperCase()} ${route.replace(/\{\w+\}/g, '{}')}`;

/** Every operation with its checks, compiled once. */
function operationsOf(document: JsonObject): ReadonlyMap<string, Operation> {
  const asSent = validatorFor(document, false);
  const fromText = validatorFor(document, true);
  const at = reader(document);
  const operations = new Map<string, Operation>();
  for (const [path, item] of entriesOf(document.paths)) {
    for (const [method, raw] of entriesOf(item)) {
      if (!METHODS.includes(method)) continue;
      const place = `/paths/${escaped(path)}/${method}`;
      const parameters = [`/paths/${escaped(path)}`, place].flatMap((owner) => {
        const { value } = at(`${owner}/parameters`);
        return Array.isArray(value) ? value.map((_, index) => at(`${owner}/parameters/${index}`)) : [];
      });
      const inside = (where: string) => parameters.filter(({ value }) => objectOf(value).in === where);
      const schemaOf = (pointer: string) => ({ $ref: `document#${pointer}/schema` });
      const body = at(`${place}/requestBody`);
      operations.set(keyOf(method, path), {
        pathValues: fromText({
          type: 'array',
          items: false,
          prefixItems: inside('path').map(({ pointer }) => schemaOf(pointer)),
        }),
        query: fromText({
          type: 'object',
          additionalProperties: false,
          required: inside('query').flatMap(({ value }) =>
            objectOf(value).required === true ? [objectOf(value).name] : [],
          ),
          properties: Object.fromEntries(
            inside('query').map(({ pointer, value }) => [objectOf(value).name, schemaOf(pointer)]),
          ),
        }),
        body: body.value === undefined ? undefined : asSent(schemaOf(`${body.pointer}/${JSON_CONTENT}`)),
        isBodyRequired: objectOf(body.value).required === true,
        answers: new Map(
          entriesOf(objectOf(raw).responses).map(([status]) => {
            const { pointer } = at(`${place}/responses/${status}`);
            const content = at(`${pointer}/${JSON_CONTENT}`).value;
            return [status, content === undefined ? undefined : asSent(schemaOf(`${pointer}/${JSON_CONTENT}`))];
          }),
        ),
      });
    }
  }
  return operations;
}

const JSON_CONTENT = `content/${escaped('application/json')}`;

function validatorFor(document: JsonObject, coerceTypes: boolean): (schema: object) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false, coerceTypes });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  return (schema) => ajv.compile(schema);
}

/** Finds a place in the document, through references; `pointer` is where it really is. */
function reader(document: JsonObject) {
  return function at(pointer: string): { pointer: string; value: unknown } {
    let value: unknown = document;
    for (const step of pointer.split('/').slice(1)) {
      value = (value as JsonObject | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')];
    }
    const { $ref } = objectOf(value);
    return typeof $ref === 'string' ? at($ref.replace(/^#/, '')) : { pointer, value };
  };
}

function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

const objectOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
const entriesOf = (value: unknown) => Object.entries(objectOf(value));
