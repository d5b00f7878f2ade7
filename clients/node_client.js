// node-postgres against a running server: `node node_client.js PORT`.
'use strict';

const assert = require('node:assert');
const { Client } = require('pg');

const statements = [
  'DROP TABLE IF EXISTS item, cust_order, customer CASCADE',
  'CREATE TABLE customer (id int PRIMARY KEY, name varchar(30) NOT NULL)',
  'CREATE TABLE cust_order (id int PRIMARY KEY, customer_id int, ordernum varchar(30) NOT NULL,' +
    ' placed timestamp, GROUPING FOREIGN KEY (customer_id) REFERENCES customer)',
];

const nested =
  'SELECT c.name, (SELECT o.id, o.ordernum FROM cust_order o WHERE o.customer_id = c.id) AS orders' +
  ' FROM customer c ORDER BY c.id';

async function main() {
  const client = new Client({
    host: '127.0.0.1', port: Number(process.argv[2]), user: 'postgres', database: 'postgres',
  });
  await client.connect();
  for (const statement of statements) {
    await client.query(statement);
  }
  await client.query('INSERT INTO customer VALUES ($1, $2), ($3, $4)', [1, 'Ada', 2, 'Grace']);
  await client.query('INSERT INTO cust_order VALUES ($1, $2, $3, $4)', [10, 1, 'A-1', '2012-10-05 12:17:00']);
  const result = await client.query(nested);
  assert.deepStrictEqual(result.rows, [
    { name: 'Ada', orders: [{ id: 10, ordernum: 'A-1' }] },
    { name: 'Grace', orders: [] },
  ]);
  await assert.rejects(client.query('SELECT * FROM nosuch'), { code: '42P01' });
  await client.query('BEGIN');
  await client.query('DELETE FROM cust_order');
  await client.query('ROLLBACK');
  const count = await client.query({ name: 'counting', text: 'SELECT count(*) AS n FROM cust_order' });
  assert.strictEqual(count.rows[0].n, '1');
  await client.end();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
