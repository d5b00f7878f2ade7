CREATE TABLE customer (
    id int PRIMARY KEY,
    name varchar(30) NOT NULL
);

CREATE TABLE cust_order (
    id int PRIMARY KEY,
    customer_id int,
    ordernum varchar(30) NOT NULL,
    placed timestamp,
    GROUPING FOREIGN KEY (customer_id) REFERENCES customer
);

CREATE TABLE item (
    id int PRIMARY KEY,
    order_id int NOT NULL,
    product text NOT NULL,
    price numeric(10,2),
    quantity int,
    GROUPING FOREIGN KEY (order_id) REFERENCES cust_order
);

INSERT INTO customer VALUES
    (1, 'Ada''s Tea Room'),
    (2, 'Botanical Garden'),
    (3, 'Corner Bookshop');

INSERT INTO cust_order VALUES
    (11, 1, 'T-2031', '2026-03-02 09:15:00'),
    (12, 1, 'T-2044', '2026-03-19 16:40:00'),
    (21, 2, 'G-0107', '2026-04-01 08:00:00');

INSERT INTO item VALUES
    (111, 11, 'Darjeeling, first flush', 18.90, 4),
    (112, 11, 'Cup, white', 6.50, 12),
    (121, 12, 'Scones', 1.20, 60),
    (211, 21, 'Seed trays', 3.75, 40),
    (212, 21, 'Fern, potted', 11.00, 7);
