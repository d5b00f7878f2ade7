-- psql against a running server; run with ON_ERROR_STOP on. The output is compared with psql.expected.
\pset format unaligned
\set VERBOSITY verbose
DROP TABLE IF EXISTS item, cust_order, customer CASCADE;
CREATE TABLE customer (id int PRIMARY KEY, name varchar(30) NOT NULL);
CREATE TABLE cust_order (id int PRIMARY KEY, customer_id int, ordernum varchar(30) NOT NULL,
    GROUPING FOREIGN KEY (customer_id) REFERENCES customer);
INSERT INTO customer VALUES (1, 'Ada'), (2, 'Grace');
\copy cust_order FROM STDIN
10	1	A-1
11	1	A-2
\.
SELECT c.name, (SELECT o.id, o.ordernum FROM cust_order o WHERE o.customer_id = c.id) AS orders
FROM customer c ORDER BY c.id;
\set ON_ERROR_STOP off
SELECT nosuch FROM customer;
\set ON_ERROR_STOP on
BEGIN;
DELETE FROM cust_order;
ROLLBACK;
\copy cust_order TO STDOUT
\d cust_order
\dt
