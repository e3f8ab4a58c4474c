import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readColumnMap } from './columns.ts';
import { LONGEST_ROW } from './csv-rows.ts';
import { ImportFileError, openProducts, type ReadOptions, type ReadProduct } from './read-products.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open(name: string, content: string | Buffer, options: ReadOptions = {}) {
  const file = join(folder, name);
  writeFileSync(file, content);
  return openProducts(file, options);
}

async function read(
  name: string,
  content: string | Buffer,
  options: ReadOptions = {},
): Promise<ReadProduct[]> {
  const all: ReadProduct[] = [];
  for await (const one of (await open(name, content, options)).products()) all.push(one);
  return all;
}

const names = (all: readonly ReadProduct[]): string[] =>
  all.flatMap((one) => (one.kind === 'product' ? [one.product.name] : []));
const reasons = (all: readonly ReadProduct[]): string[] =>
  all.flatMap((one) =>
    one.kind === 'rejected' ? [`${one.rejected.line}: ${one.rejected.reasons.join('; ')}`] : [],
  );
const HEADER = 'sku,name,category,price,stock\n';

describe('quotes', () => {
  it('count only where a cell begins', async () => {
    const rows = `A1,Screen 24" wide,it,1000,5\nA2,Cable,it,1000,5\nA3,Board 3" thick,it,1000,5\n`;
    expect(names(await read('inch.csv', HEADER + rows))).toEqual([
      'Screen 24" wide',
      'Cable',
      'Board 3" thick',
    ]);
  });

  it('keep separators, line ends and doubled quotes inside', async () => {
    const all = await read(
      'quoted.csv',
      `${HEADER}B1,"Tent, large\r\nand\rwide",camping,1000,3\r\nB2,"""hi"" mug",office,1000,9\r\nB3,Cup,office,x,9\r\n`,
    );
    expect(names(all)).toEqual(['Tent, large\r\nand\rwide', '"hi" mug']);
    expect(reasons(all)).toEqual([expect.stringMatching(/^5: price is "x"/)]);
  });

  it('reject a row with text beside them, also one that a stray quote has joined to the next', async () => {
    const all = await read(
      'beside.csv',
      `${HEADER}A,"D"x,a,5,1\nB,"never closed,a,5,1\nC,"Pen, blue",a,5,1\nD,Cup,a,5,1\n`,
    );
    expect(reasons(all)).toEqual([
      expect.stringMatching(/^2: there is text beside a quoted cell; needed/),
      expect.stringMatching(/^3: .*\(lines 3 to 4 were read as one row\)/),
    ]);
    expect(names(all)).toEqual(['Cup']);
  });

  it('that are never closed refuse the file with their line, however long it is', async () => {
    const start = `${HEADER}A,"Two\nlines",a,5,1\nK1,"never closed,plain,5,1\n`;
    await expect(read('open.csv', `${start}K2,Pen,a,5,1\n`)).rejects.toThrow(
      /open\.csv line 4: found a quote/,
    );
    const long = `${start}${'K2,Pen,a,5,1\n'.repeat(LONGEST_ROW / 10)}`;
    await expect(read('open-long.csv', long)).rejects.toThrow(
      /line 4: found a row of more than .* Is a quote opened/,
    );
  });

  it('that close so late that rows are inside are told', async () => {
    const all = await read('late.csv', `${HEADER}A,"open,a,5,1\nB,Pen,a,5,1\nC,Screen 24",a,5,1\n`);
    expect(all).toContainEqual({ kind: 'long-cell', line: 2, lastLine: 4 });
  });
});

describe('lines', () => {
  it('end at line feeds alone: U+2028, U+2029 and a carriage return are text', async () => {
    const csv = await read(
      'u.csv',
      `${HEADER}C1,Soft\u2028drink,a,5,1\nC2,"Tea\u2029box\r",a,5,1\nC3,Old\rmac,a,5,1\n`,
    );
    expect(names(csv)).toEqual(['Soft\u2028drink', 'Tea\u2029box', 'Old\rmac']);
    const json = await read(
      'u.ndjson',
      `{"name":"Soft\u2028drink","category":"a","price":5}\r\n{"name":"Tea\u2029box","category":"a","price":5}`,
    );
    expect(names(json)).toEqual(['Soft\u2028drink', 'Tea\u2029box']);
  });

  it('end at carriage returns where a file has nothing else', async () => {
    expect(names(await read('mac.csv', 'name,category,price\rTea,a,5\rPen,a,5\r'))).toEqual(['Tea', 'Pen']);
  });

  it('that are blank are passed over, with commas and without, and counted', async () => {
    const all = await read(
      'blank.csv',
      `\n${HEADER},,,,\nG1,Glove,golf,5,6\n\n ,\u00A0,,,\nG2,Ball,golf,x,6`,
    );
    expect(all.filter(({ kind }) => kind === 'no-product')).toHaveLength(4);
    expect(names(all)).toEqual(['Glove']);
    expect(reasons(all)).toEqual([expect.stringMatching(/^7: price is "x"/)]);
    expect(names(await read('blank.ndjson', '\n  \n{"name":"a","category":"b","price":5}\n\n'))).toEqual([
      'a',
    ]);
  });

  it('longer than a row can be are refused by their line', async () => {
    await expect(read('long.csv', `${HEADER}${','.repeat(LONGEST_ROW + 1)}`)).rejects.toThrow(
      /long\.csv line 2: found a line of more than/,
    );
    const json = await read(
      'long.ndjson',
      `${'['.repeat(3 * LONGEST_ROW)}\n{"name":"a","category":"b","price":5}\n`,
    );
    expect(reasons(json)).toEqual([expect.stringMatching(/^1: the line is too long/)]);
    expect(names(json)).toEqual(['a']);
  });
});

describe('encodings', () => {
  const text = `${HEADER}F1,키보드,가전,5,1\n`;
  const korean = Buffer.from('c5b0bab8b5e5', 'hex');
  const cp949 = Buffer.concat([Buffer.from('sku;name;category;price\nE1;'), korean, Buffer.from(';it;5\n')]);
  const swapped = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();

  it.each([
    ['UTF-8 (byte order mark)', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16LE (byte order mark)', Buffer.from(`\uFEFF${text.replaceAll(',', '\t')}`, 'utf16le')],
    ['UTF-16BE (byte order mark)', swapped],
    ['UTF-16LE (detected)', Buffer.from(text, 'utf16le')],
    ['CP949 (detected)', cp949],
    ['UTF-8', Buffer.from(text)],
  ])('are told and read: %s', async (said, content) => {
    const file = await open('encoded.csv', content);
    expect(file.said).toMatch(new RegExp(`^read as ${said.replace(/[()]/g, '\\$&')}, `));
    expect(names(await read('encoded.csv', content))).toEqual(['키보드']);
  });

  it('are read as --encoding says, and an unknown one is refused', async () => {
    const latin = Buffer.from(`${HEADER}A,Caf\u00e9,a,5,1\n`, 'latin1');
    expect(names(await read('latin.csv', latin, { encoding: 'windows-1252' }))).toEqual(['Café']);
    expect(names(await read('cp.csv', cp949, { encoding: 'cp949' }))).toEqual(['키보드']);
    await expect(read('x.csv', latin, { encoding: 'klingon' })).rejects.toThrow('--encoding is klingon');
  });

  it('that nothing fits reject the rows that are broken, never garble them', async () => {
    const all = await read(
      'broken.csv',
      Buffer.concat([Buffer.from(text), Buffer.from('ff2c612c622c352c310a', 'hex')]),
    );
    expect(names(all)).toEqual(['키보드']);
    expect(reasons(all)).toEqual([
      expect.stringMatching(/^3: sku is .* needed is text in the file's encoding/),
    ]);
  });
});

describe('columns', () => {
  it.each([';', '\t', '|'])('are separated by %j as well', async (mark) => {
    const csv = `name,category,price\n"Tea${mark}green",a,"49,000"\n`;
    const content = csv.replace(/,(?!000)/g, mark);
    expect(names(await read('separated.csv', content))).toEqual([`Tea${mark}green`]);
  });

  it('are taken as --map says, and each that is not read is told once', async () => {
    const map = readColumnMap(['Betrag=price_krw,Gruppe=category', 'Titel=name']);
    const all = await read('mapped.csv', 'Titel,Gruppe,Betrag,Farbe\nTee,a,5,x\nKaffee,a,5,y\n', { map });
    expect(names(all)).toEqual(['Tee', 'Kaffee']);
    expect(all.filter(({ kind }) => kind === 'left-out')).toEqual([{ kind: 'left-out', names: ['Farbe'] }]);
    const json = await read(
      'mapped.ndjson',
      '{"Titel":"Tee","Gruppe":"a","Betrag":5,"Farbe":1}\n'.repeat(2),
      { map },
    );
    expect(names(json)).toEqual(['Tee', 'Tee']);
    expect(json.filter(({ kind }) => kind === 'left-out')).toHaveLength(1);
    await expect(read('absent.csv', 'name,category,price\n', { map })).rejects.toThrow('--map names betrag');
  });

  it('that are needed and absent, or are there twice, refuse the file with its line', async () => {
    await expect(read('d.csv', '\nname,colour\n')).rejects.toThrow(
      /d\.csv line 2: the header lacks category, price_krw/,
    );
    await expect(read('e.csv', 'name,name,category,price_krw\n')).rejects.toThrow('name twice');
    expect(() => readColumnMap(['price=prise_krw'])).toThrow('Nearest: price_krw');
    expect(() => readColumnMap(['price'])).toThrow(ImportFileError);
  });

  it('with too few cells or too many reject the row', async () => {
    const all = await read('count.csv', `${HEADER}A,Tea,a,1,250,000,5\nB,Tea,a\nC,Tea,a,5,1,,\n`);
    expect(reasons(all)).toEqual([
      expect.stringMatching(/^2: found 7 cells; needed are 5/),
      expect.stringMatching(/^3: found 3 cells/),
    ]);
    expect(names(all)).toEqual(['Tea']);
  });
});

describe('values', () => {
  it('with thousands, currency and fractions of zeros are won', async () => {
    const all = await read(
      'thousands.csv',
      `${HEADER}H1,Sofa,a,"1,250,000",2\nH2,Bed,a,"₩890,000",1\nH3,Mat,a,49000.00,8\n`,
    );
    expect(all.map((one) => (one.kind === 'product' ? one.product.priceKrw : one))).toEqual([
      1_250_000, 890_000, 49_000,
    ]);
  });

  it('that could be thousands or fractions are refused where the column has fractions', async () => {
    const file = await open('mixed.csv', `${HEADER}A,Tea,a,12.000,1\nB,Cup,a,49000.00,1\n`);
    const readAll = async () => {
      const all: ReadProduct[] = [];
      for await (const one of file.products()) all.push(one);
      return all;
    };
    // Only the second reading knows of the line that comes after.
    expect(names(await readAll())).toEqual(['Tea', 'Cup']);
    const again = await readAll();
    expect(names(again)).toEqual(['Cup']);
    expect(reasons(again)).toEqual([
      expect.stringMatching(/^2: price is "12.000".*line 3 has "." as decimal mark/),
    ]);
  });

  it('that no price can have are refused by line', async () => {
    const prices = ['-5', '1e5', 'NaN', '0', '9e99', '3000000000', ''];
    const csv = await read('prices.csv', HEADER + prices.map((price) => `A,Tea,a,${price},1\n`).join(''));
    expect(reasons(csv)).toHaveLength(prices.length);
    const numbers = ['-5', '1e5', '1E400', '0', '5.5', 'null', '[]', '{}', 'true'];
    const json = await read(
      'prices.ndjson',
      numbers.map((price) => `{"name":"a","category":"b","price":${price}}\n`).join(''),
    );
    expect(reasons(json)).toHaveLength(numbers.length);
  });

  it('that are too long, or no text that the database takes, are refused by line and column', async () => {
    const long = (count: number) => 'x'.repeat(count);
    const row = (fields: object) => `${JSON.stringify({ name: 'a', category: 'b', price: 5, ...fields })}\n`;
    const all = await read(
      'fields.ndjson',
      [
        { name: long(201) },
        { category: long(101) },
        { description: long(10_001) },
        { tags: [long(101)] },
        { tags: Array(101).fill('t') },
        { image: long(2_001) },
        { sku: long(101) },
        { name: 'nul\0' },
        { name: '\ud800' },
        { tags: 5 },
        { tags: ['\0'] },
      ]
        .map(row)
        .join(''),
    );
    const columns = [
      'name',
      'category',
      'description',
      'tags',
      'tags',
      'image',
      'sku',
      'name',
      'name',
      'tags',
      'tags',
    ];
    expect(reasons(all)).toEqual(
      columns.map((column, index) => expect.stringMatching(new RegExp(`^${index + 1}: ${column} (is|has) `))),
    );
  });
});
