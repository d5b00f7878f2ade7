-- One statement a line: PostgresComparisonTest.
-- names
SELECT 1
SELECT id, name FROM customer
SELECT * FROM customer
SELECT c.* FROM customer c
SELECT customer.id FROM customer
SELECT public.customer.id FROM public.customer
SELECT public.customer.id FROM customer
SELECT nosuch FROM customer
SELECT c.nosuch FROM customer c
SELECT nam FROM customer
SELECT c.nam FROM customer c
SELECT x.id FROM customer
SELECT customer.id FROM customer c
SELECT * FROM nosuch
SELECT * FROM public.nosuch
SELECT * FROM nosuch.customer
SELECT id FROM customer, cust_order
SELECT id FROM customer c, customer d
SELECT * FROM customer, customer
SELECT * FROM customer c, cust_order c
SELECT * FROM customer c (a, b)
SELECT a, b FROM customer c (a, b)
SELECT a, name FROM customer c (a)
SELECT * FROM customer c (a, b, d)
SELECT *
SELECT x.* FROM customer
SELECT * FROM customer_pkey
SELECT * FROM big_order
SELECT who FROM big_order b WHERE b.id = 1
SELECT customer FROM customer WHERE nosuch.id = 1
SELECT id FROM customer WHERE id = (SELECT max(customer_id) FROM cust_order WHERE nosuch = 1)
SELECT id FROM (SELECT id FROM customer) x WHERE name = 'a'
SELECT x.id FROM (SELECT id FROM customer) x WHERE x.name = 'a'
SELECT "ID" FROM customer
-- joins
SELECT * FROM customer c JOIN cust_order o ON c.id = o.customer_id
SELECT * FROM customer c LEFT JOIN cust_order o ON c.id = o.customer_id
SELECT * FROM customer c JOIN cust_order o USING (id)
SELECT * FROM customer c LEFT JOIN cust_order o USING (id)
SELECT * FROM customer c RIGHT JOIN cust_order o USING (id)
SELECT * FROM customer c FULL JOIN cust_order o USING (id)
SELECT id, c.id, o.id FROM customer c FULL JOIN cust_order o USING (id)
SELECT * FROM customer c NATURAL JOIN cust_order o
SELECT * FROM customer CROSS JOIN item
SELECT * FROM customer c JOIN cust_order o USING (nosuch)
SELECT * FROM customer c JOIN cust_order o USING (name)
SELECT * FROM customer c JOIN cust_order o USING (id, id)
SELECT * FROM (customer c JOIN cust_order o USING (id)) JOIN item i USING (id)
SELECT * FROM (customer c CROSS JOIN cust_order o) JOIN item i USING (id)
SELECT * FROM (customer c JOIN cust_order o ON true) AS j
SELECT c.id FROM (customer c JOIN cust_order o ON true) AS j
SELECT j.id FROM (customer c JOIN cust_order o USING (id)) AS j
SELECT j.id, c.name FROM customer c JOIN cust_order o USING (id) AS j
SELECT * FROM customer c JOIN cust_order o ON c.id
SELECT * FROM customer c JOIN cust_order o ON c.id = i.id JOIN item i ON true
SELECT * FROM customer c, cust_order o JOIN item i ON c.id = i.id
SELECT * FROM customer c, LATERAL (SELECT * FROM cust_order o WHERE o.customer_id = c.id) x
SELECT * FROM customer c, (SELECT * FROM cust_order o WHERE o.customer_id = c.id) x
SELECT * FROM customer c RIGHT JOIN LATERAL (SELECT c.id) x ON true
SELECT * FROM customer c LEFT JOIN LATERAL (SELECT c.id AS cid) x ON true
SELECT name FROM customer c LEFT JOIN cust_order o ON o.customer_id = c.id AND o.id = 'x'
-- conditions and types
SELECT * FROM customer WHERE id
SELECT * FROM customer WHERE name
SELECT * FROM customer WHERE 'x'
SELECT * FROM customer WHERE NULL
SELECT * FROM customer WHERE id + 1
SELECT id FROM customer WHERE id = 'x'
SELECT id FROM customer WHERE id = name
SELECT id + name FROM customer
SELECT 1 + 'x'
SELECT - name FROM customer
SELECT NOT 1
SELECT true AND 1
SELECT true OR 'maybe'
SELECT 1 IS TRUE
SELECT NULL IS NULL
SELECT 1 BETWEEN 0 AND 'x'
SELECT id BETWEEN 1 AND 2 FROM customer
SELECT id NOT BETWEEN SYMMETRIC 1 AND 2 FROM customer
SELECT id IN (1, 2, 3) FROM customer
SELECT id IN (1, 'x') FROM customer
SELECT id IN ('1', '2') FROM customer
SELECT id IN (1, 2.5) FROM customer
SELECT id IN (1, name) FROM customer
SELECT name IN ('a', 'b') FROM customer
SELECT (1, 2) = (3, 4)
SELECT (1, 2) < (3, 'x')
SELECT (1, 2) = (3, 4, 5)
SELECT (id, name) IN ((1, 'a'), (2, 'b')) FROM customer
SELECT name LIKE 'a%' FROM customer
SELECT name NOT ILIKE 'a%' FROM customer
SELECT id LIKE 'a' FROM customer
SELECT id = ANY ('{1,2}') FROM customer
SELECT id = ANY (ARRAY[1,2]) FROM customer
SELECT id = ANY (1) FROM customer
SELECT id = ANY ('{x}') FROM customer
SELECT id IS DISTINCT FROM 1 FROM customer
SELECT id IS DISTINCT FROM name FROM customer
SELECT ROW(1, 2) IS DISTINCT FROM ROW(1, 3)
SELECT 'abc'::int
SELECT int '12x'
SELECT '2020-01-01'::date
SELECT CAST('5' AS smallint)
SELECT 70000::smallint
SELECT 1::boolean
SELECT 1.5::boolean
SELECT true::numeric
SELECT now()::int
SELECT 'x'::nosuch
SELECT 'x'::varchar(0)
SELECT 1::numeric(2000)
SELECT 1::numeric(5,2)
SELECT 'abc'::varchar(2)
SELECT 1::int(4)
SELECT interval '1 day'
SELECT interval '1' day
SELECT 123456789012
SELECT 12345678901234567890
SELECT 1.50, 1e3, -5, -2147483648
SELECT 'a' || 'b', 1 || 'x'
SELECT 'a' || 1
SELECT NULL, 'x', true
-- conditionals
SELECT CASE WHEN true THEN 1 ELSE 2.5 END
SELECT CASE WHEN true THEN 1 ELSE 'a' END
SELECT CASE WHEN true THEN id ELSE name END FROM customer
SELECT CASE WHEN 1 THEN 1 END
SELECT CASE id WHEN 1 THEN 'a' WHEN 2 THEN 'b' END FROM customer
SELECT CASE id WHEN 'x' THEN 'a' END FROM customer
SELECT CASE WHEN true THEN NULL ELSE NULL END
SELECT coalesce(id, 1.5) FROM customer
SELECT coalesce(id, name) FROM customer
SELECT coalesce(NULL, NULL)
SELECT nullif(1, 2), nullif('a', 'b')
SELECT nullif(1, 'x')
SELECT greatest(1, 2.5), least('a', 'b')
SELECT greatest(1, 'x')
SELECT greatest(id, name) FROM customer
-- arrays and rows
SELECT ARRAY[1, 2], ARRAY[1, 2.5], ARRAY['a', NULL]
SELECT ARRAY[1, 'x']
SELECT ARRAY[]
SELECT ARRAY[]::int[]
SELECT ARRAY[ARRAY[1], ARRAY[2]]
SELECT ARRAY[1, true]
SELECT ARRAY['1', '2']::int[]
SELECT ARRAY['1', 'x']::int[]
SELECT tags[1], tags[1:2] FROM thing
SELECT id[1] FROM thing
SELECT tags['x'] FROM thing
SELECT tags[true] FROM thing
SELECT ROW(1, 'a'), (1, 2)
SELECT (customer).id FROM customer
SELECT (customer).nosuch FROM customer
SELECT (c).* FROM customer c
SELECT (id).x FROM customer
SELECT (1).*
SELECT ROW(c.*) FROM customer c
-- subqueries
SELECT (SELECT 1)
SELECT (SELECT id FROM customer)
SELECT (SELECT name AS n FROM customer)
SELECT 1 + (SELECT id FROM customer)
SELECT 1 + (SELECT id, name FROM customer)
SELECT EXISTS (SELECT 1)
SELECT ARRAY(SELECT id FROM customer)
SELECT ARRAY(SELECT id, name FROM customer)
SELECT id IN (SELECT customer_id FROM cust_order) FROM customer
SELECT id IN (SELECT id, customer_id FROM cust_order) FROM customer
SELECT (id, 1) IN (SELECT id FROM cust_order) FROM customer
SELECT (id, 1) IN (SELECT id, customer_id FROM cust_order) FROM customer
SELECT id IN (SELECT ordernum FROM cust_order) FROM customer
SELECT id > ALL (SELECT customer_id FROM cust_order) FROM customer
SELECT id FROM customer c WHERE EXISTS (SELECT 1 FROM cust_order o WHERE o.customer_id = c.id)
SELECT name FROM customer WHERE id = (SELECT customer_id FROM cust_order WHERE ordernum = name)
-- ordering and limits
SELECT id FROM customer ORDER BY name
SELECT id AS x FROM customer ORDER BY x
SELECT id AS name, name AS id FROM customer ORDER BY name
SELECT id FROM customer ORDER BY 1
SELECT id FROM customer ORDER BY 2
SELECT id FROM customer ORDER BY 0
SELECT id FROM customer ORDER BY 'x'
SELECT id FROM customer ORDER BY 1.5
SELECT id FROM customer ORDER BY nosuch
SELECT id AS a, name AS a FROM customer ORDER BY a
SELECT id AS a FROM customer ORDER BY a + 1
SELECT doc FROM thing ORDER BY doc
SELECT DISTINCT doc FROM thing
SELECT doc FROM thing GROUP BY doc
SELECT DISTINCT name FROM customer ORDER BY id
SELECT DISTINCT name FROM customer ORDER BY name
SELECT DISTINCT ON (name) id FROM customer ORDER BY name, id
SELECT DISTINCT ON (name) id FROM customer ORDER BY id
SELECT DISTINCT ON (name) id FROM customer
SELECT DISTINCT ON (3) id FROM customer
SELECT id FROM customer LIMIT 'x'
SELECT id FROM customer LIMIT name
SELECT id FROM customer LIMIT id
SELECT id FROM customer LIMIT true
SELECT id FROM customer OFFSET id
SELECT id FROM customer LIMIT 5 OFFSET 2.0
SELECT id FROM customer ORDER BY id FETCH FIRST 2 ROWS WITH TIES
SELECT id FROM customer ORDER BY id USING >
-- set operations and VALUES
SELECT 1 UNION SELECT 2.5
SELECT 1 UNION SELECT 'x'
SELECT 'a' UNION SELECT 'b'
SELECT 'a' UNION ALL SELECT 1 UNION ALL SELECT 2
SELECT 1 AS a UNION SELECT 2 AS b
SELECT 1, 2 UNION SELECT 3
SELECT id FROM customer UNION SELECT name FROM customer
SELECT id FROM customer EXCEPT SELECT id FROM cust_order ORDER BY id
SELECT id FROM customer UNION SELECT id FROM cust_order ORDER BY 1 LIMIT 3
SELECT id FROM customer UNION SELECT id FROM cust_order ORDER BY nosuch
SELECT id FROM customer UNION SELECT id FROM cust_order ORDER BY id + 1
SELECT doc FROM thing UNION SELECT doc FROM thing
SELECT doc FROM thing UNION ALL SELECT doc FROM thing
(SELECT id FROM customer ORDER BY name LIMIT 1) UNION ALL (SELECT 5)
VALUES (1, 'a'), (2, 'b')
VALUES (1, 'a'), (2.5, NULL)
VALUES (1), (1, 2)
VALUES (1), ('x')
VALUES (1), (true)
VALUES (2), (1) ORDER BY column1 DESC LIMIT 1
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v (x, y)
SELECT v.column2 FROM (VALUES (1, 'a')) v
-- WITH
WITH a AS (SELECT id FROM customer) SELECT * FROM a
WITH a (x, y) AS (SELECT id, name FROM customer) SELECT y, x FROM a
WITH a (x, y) AS (SELECT id FROM customer) SELECT * FROM a
WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a
WITH a AS (SELECT 1 AS x), b AS (SELECT x FROM a) SELECT * FROM b, a
WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a
WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r
WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n + 1.5 FROM r) SELECT * FROM r
WITH RECURSIVE r (n) AS (SELECT n FROM r) SELECT * FROM r
-- parameters
SELECT $1 + 1
SELECT $1
SELECT id FROM customer WHERE id = $1 AND name = $2
SELECT $1::text, $2::numeric(5,2)
SELECT $1 IS NULL
SELECT $2::int
SELECT id FROM customer WHERE id IN ($1, $2)
SELECT id FROM customer WHERE id = ANY ($1)
SELECT id FROM customer LIMIT $1 OFFSET $2
SELECT $1 + 1, $1 || 'x'
SELECT $1 = $2
SELECT coalesce($1, 5)
SELECT CASE WHEN $1 THEN $2 ELSE 3 END
SELECT $1 UNION SELECT 5
INSERT INTO customer VALUES ($1, $2)
INSERT INTO customer SELECT $1, $2
INSERT INTO customer (name) VALUES ($1 || $2)
UPDATE customer SET name = $2 WHERE id = $1
UPDATE item SET price = price * $1, quantity = $2 WHERE id = $3
DELETE FROM customer WHERE id = $1
SELECT interval '1 day' * $1
SELECT id FROM cust_order WHERE placed > $1
SELECT id FROM cust_order WHERE placed BETWEEN $1 AND $2
-- INSERT
INSERT INTO customer VALUES (1, 'a'), (2, DEFAULT)
INSERT INTO customer VALUES (1, 'a') RETURNING *
INSERT INTO customer AS c VALUES (1, 'a') RETURNING c.id, name AS n
INSERT INTO customer VALUES (1, 'a') RETURNING nosuch
INSERT INTO customer VALUES (1, 'a', 3)
INSERT INTO customer (id) VALUES (1, 'a')
INSERT INTO customer (id, name) VALUES (1)
INSERT INTO customer (id, id) VALUES (1, 2)
INSERT INTO customer (nosuch) VALUES (1)
INSERT INTO nosuch VALUES (1)
INSERT INTO customer VALUES ('x', 'a')
INSERT INTO customer VALUES (true, 'a')
INSERT INTO customer (name) VALUES (1)
INSERT INTO customer (id) VALUES (1.5)
INSERT INTO customer SELECT 1, 'a'
INSERT INTO customer SELECT 1, 'a', 2
INSERT INTO customer (id, name) SELECT 1
INSERT INTO customer SELECT true, 'a'
INSERT INTO customer SELECT 'x', 'a'
INSERT INTO customer VALUES (1), (1, 'a')
INSERT INTO customer DEFAULT VALUES
INSERT INTO cust_order (id, placed) VALUES (1, 'yesterday?')
INSERT INTO thing (id) VALUES (1)
INSERT INTO thing (id) VALUES (DEFAULT), (1)
INSERT INTO thing (id) OVERRIDING SYSTEM VALUE VALUES (1)
INSERT INTO thing (id) SELECT 1
INSERT INTO thing (doubled) VALUES (1)
INSERT INTO thing (size) VALUES (id)
INSERT INTO thing (size) VALUES (max(1))
WITH x AS (SELECT 1 AS a) INSERT INTO customer SELECT a, 'n' FROM x RETURNING id
-- UPDATE and DELETE
UPDATE customer SET name = 'x' WHERE id = 1 RETURNING id, name
UPDATE customer SET nosuch = 1
UPDATE customer SET name = 'a', name = 'b'
UPDATE customer SET id = 'x'
UPDATE customer SET id = true
UPDATE customer SET name = 5
UPDATE customer c SET name = 'x' WHERE customer.id = 1
UPDATE customer SET name = o.ordernum FROM cust_order o WHERE o.customer_id = customer.id RETURNING *
UPDATE customer SET name = o.ordernum FROM cust_order o WHERE o.customer_id = id
UPDATE customer SET (id, name) = (1, 'a')
UPDATE customer SET (id, name) = (1, 'a', 2)
UPDATE customer SET (id, name) = (SELECT id, ordernum FROM cust_order)
UPDATE customer SET (id, name) = (SELECT id FROM cust_order)
UPDATE customer SET (id, name) = ROW(1, DEFAULT)
UPDATE thing SET id = 5
UPDATE thing SET doubled = 5
UPDATE thing SET doubled = DEFAULT
UPDATE customer SET name = max(name)
UPDATE customer SET name = 'x' WHERE max(id) = 1
UPDATE customer SET name = (SELECT ordernum FROM cust_order o WHERE o.customer_id = customer.id)
DELETE FROM customer WHERE id = 1 RETURNING *
DELETE FROM customer c USING cust_order o WHERE o.customer_id = c.id RETURNING c.name, o.ordernum
DELETE FROM customer WHERE nosuch = 1
DELETE FROM nosuch
DELETE FROM customer WHERE count(*) > 1
-- aggregates
SELECT count(*), max(id), min(name) FROM customer
SELECT count() FROM customer
SELECT sum(name) FROM customer
SELECT max(id, name) FROM customer
SELECT customer_id, count(*) FROM cust_order GROUP BY customer_id HAVING count(*) > 1
SELECT customer_id AS c, count(*) FROM cust_order GROUP BY c ORDER BY count(*) DESC, c
SELECT customer_id, count(*) FROM cust_order GROUP BY 1
SELECT customer_id, count(*) FROM cust_order GROUP BY 2
SELECT customer_id, count(*) FROM cust_order GROUP BY 3
SELECT id, count(*) FROM customer
SELECT name FROM customer GROUP BY id
SELECT id FROM customer GROUP BY name
SELECT c.name, count(*) FROM customer c JOIN cust_order o ON o.customer_id = c.id GROUP BY c.id
SELECT o.ordernum, count(*) FROM customer c JOIN cust_order o ON o.customer_id = c.id GROUP BY c.id
SELECT upper(name), count(*) FROM customer GROUP BY upper(name)
SELECT upper(name) || 'x', count(*) FROM customer GROUP BY upper(name)
SELECT lower(name), count(*) FROM customer GROUP BY upper(name)
SELECT id + 1 FROM customer GROUP BY id + 1
SELECT id + 2 FROM customer GROUP BY id + 1
SELECT name FROM customer HAVING count(*) > 1
SELECT count(*) FROM customer HAVING name = 'a'
SELECT count(*) FROM customer WHERE count(*) > 1
SELECT count(*) FROM customer GROUP BY count(*)
SELECT count(count(*)) FROM customer
SELECT count(*) + 1 FROM customer ORDER BY name
SELECT count(DISTINCT name) FROM customer
SELECT count(*) FILTER (WHERE id > 1) FROM customer
SELECT count(*) FILTER (WHERE id) FROM customer
SELECT count(*) FILTER (WHERE count(*) > 1) FROM customer
SELECT string_agg(name, ',' ORDER BY id) FROM customer
SELECT string_agg(DISTINCT name, ',' ORDER BY id) FROM customer
SELECT array_agg(name ORDER BY id DESC NULLS LAST) FROM customer
SELECT count(DISTINCT doc) FROM thing
SELECT upper(DISTINCT name) FROM customer
SELECT upper(*) FROM customer
SELECT upper(name ORDER BY id) FROM customer
SELECT upper(name) FILTER (WHERE true) FROM customer
SELECT upper(name) OVER () FROM customer
SELECT nosuch(name) FROM customer
SELECT upper(1, 2) FROM customer
SELECT nosuch.upper('x')
SELECT pg_catalog.upper('x')
SELECT (SELECT count(c.id)) FROM customer c
SELECT (SELECT count(c.id) FROM cust_order) FROM customer c
SELECT c.name, (SELECT count(c.id) FROM cust_order) FROM customer c
SELECT c.name, (SELECT count(*) FROM cust_order o WHERE o.customer_id = c.id) FROM customer c
SELECT count(*), (SELECT count(*) FROM cust_order o WHERE o.customer_id = c.id) FROM customer c
SELECT name, (SELECT count(*) FROM cust_order o WHERE o.customer_id = c.id) FROM customer c GROUP BY c.id
SELECT name FROM customer c WHERE 1 < (SELECT count(c.id))
SELECT * FROM customer GROUP BY id
SELECT * FROM customer GROUP BY id, name
SELECT * FROM customer c JOIN cust_order o ON max(c.id) = 1
SELECT max(id) FROM customer ORDER BY max(id)
SELECT name FROM customer GROUP BY name ORDER BY id
SELECT name FROM customer GROUP BY name ORDER BY max(id)
SELECT count(c) FROM customer c
-- windows
SELECT row_number() OVER () FROM customer
SELECT row_number() FROM customer
SELECT row_number() OVER (ORDER BY name), sum(id) OVER (PARTITION BY name) FROM customer
SELECT rank() OVER w FROM customer WINDOW w AS (PARTITION BY name ORDER BY id)
SELECT rank() OVER w FROM customer
SELECT rank() OVER (w ORDER BY id) FROM customer WINDOW w AS (PARTITION BY name)
SELECT rank() OVER (w PARTITION BY id) FROM customer WINDOW w AS (PARTITION BY name)
SELECT rank() OVER (w ORDER BY id) FROM customer WINDOW w AS (ORDER BY name)
SELECT id FROM customer WHERE row_number() OVER () = 1
SELECT sum(row_number() OVER ()) FROM customer
SELECT sum(sum(id)) OVER () FROM customer
SELECT sum(sum(id) OVER ()) OVER () FROM customer
SELECT name, sum(count(*)) OVER (ORDER BY name) FROM customer GROUP BY name
SELECT name, sum(id) OVER (ORDER BY name) FROM customer GROUP BY name
SELECT count(DISTINCT id) OVER () FROM customer
SELECT lag(name) OVER (ORDER BY id), lead(name, 2, 'x') OVER (ORDER BY id) FROM customer
SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM customer
SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN id PRECEDING AND CURRENT ROW) FROM customer
SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 'x' PRECEDING AND CURRENT ROW) FROM customer
SELECT sum(id) OVER (ORDER BY id RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM customer
SELECT sum(id) OVER (RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM customer
SELECT sum(id) OVER (GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM customer
SELECT id FROM customer ORDER BY row_number() OVER (ORDER BY name)
SELECT id FROM customer GROUP BY row_number() OVER ()
SELECT first_value(name) OVER (PARTITION BY id ORDER BY name) AS f FROM customer
-- set-returning functions
SELECT * FROM upper('x')
SELECT * FROM upper('x') AS u
-- functions
SELECT extract(year FROM placed) FROM cust_order
SELECT placed AT TIME ZONE 'UTC' FROM cust_order
SELECT substring(name FROM 1 FOR 2), position('a' IN name), trim(name) FROM customer
SELECT upper('x'), length(name), now() FROM customer
SELECT date('2020-01-01'), text(1), int4('5')
SELECT 'customer'::regclass
SELECT name COLLATE "C" FROM customer
SELECT id COLLATE "C" FROM customer
SELECT round(price, 1), abs(-5), coalesce(quantity, 0) * 2 FROM item
SELECT name || 5 FROM customer
SELECT concat(name, 1, NULL), format('%s', 1) FROM customer
SELECT placed + interval '1 day', placed - placed, age(placed) FROM cust_order
SELECT placed::date - 1, date '2020-01-01' + 5 FROM cust_order
INSERT INTO thing (size) VALUES (now())
SELECT string_agg(DISTINCT name, ',' ORDER BY name) FROM customer
SELECT string_agg(DISTINCT code, ',' ORDER BY code) FROM thing
INSERT INTO thing (code) VALUES ('a') RETURNING *
INSERT INTO thing (id) VALUES (DEFAULT)
INSERT INTO thing (id) OVERRIDING USER VALUE VALUES (1)
INSERT INTO thing (doubled) VALUES (DEFAULT)
INSERT INTO thing (code) VALUES ('a') ON CONFLICT DO NOTHING
INSERT INTO thing (code) VALUES ('a') ON CONFLICT (code) DO NOTHING
INSERT INTO thing (code) VALUES ('a') ON CONFLICT ON CONSTRAINT thing_code_key DO NOTHING
INSERT INTO thing (code) VALUES ('a') ON CONFLICT ON CONSTRAINT nosuch DO NOTHING
INSERT INTO thing (code) VALUES ('a') ON CONFLICT DO UPDATE SET size = 1
INSERT INTO thing (code) VALUES ('a') ON CONFLICT (code) DO UPDATE SET size = excluded.size + thing.size WHERE thing.size < 5 RETURNING size
INSERT INTO thing (code) VALUES ('a') ON CONFLICT (code) DO UPDATE SET size = size + 1
INSERT INTO thing (code) VALUES ('a') ON CONFLICT (code) DO UPDATE SET nosuch = 1
INSERT INTO thing (code) VALUES ('a') ON CONFLICT (code) DO UPDATE SET size = excluded.nosuch
UPDATE thing SET id = DEFAULT
SELECT row_to_json(c) FROM customer c
SELECT json_agg(c) FROM customer c
SELECT json_agg(x) FROM (SELECT id, name FROM customer) x
SELECT generate_series(1, 3)
SELECT generate_series(1, 3) + 1
SELECT generate_series(1, generate_series(1, 3))
SELECT unnest(tags) FROM thing
SELECT id, unnest(tags) AS tag FROM thing ORDER BY tag
SELECT * FROM generate_series(1, 3)
SELECT * FROM generate_series(1, 3) g
SELECT g FROM generate_series(1, 3) g
SELECT * FROM generate_series(1, 3) AS g (x)
SELECT * FROM generate_series(1, 3) WITH ORDINALITY
SELECT * FROM unnest(ARRAY[1, 2], ARRAY['a', 'b'])
SELECT t.id, u.tag FROM thing t, unnest(t.tags) WITH ORDINALITY AS u (tag, n)
SELECT * FROM generate_series(1, max(1))
SELECT * FROM generate_series(1, generate_series(1, 2))
SELECT id FROM customer WHERE generate_series(1, 3) = 1
SELECT count(generate_series(1, 3))
SELECT CASE WHEN true THEN generate_series(1, 3) END
SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(1, 3)) AS r (a, b)
SELECT id FROM customer LIMIT generate_series(1, 2)
SELECT * FROM json_each('{"a": 1}')
SELECT * FROM json_array_elements('[1]') AS e
SELECT current_date, current_timestamp, localtimestamp(3), current_user
SELECT json_build_object('a', 1, 'b', name) FROM customer
SELECT array_length(tags, 1), tags || 'x', 'x' = ANY (tags) FROM thing
SELECT nextval('thing_id_seq')
SELECT nextval('nosuch_seq')
