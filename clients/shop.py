"""The statements that every client script runs, and what they must give."""

CREATE = [
    "DROP TABLE IF EXISTS item, cust_order, customer CASCADE",
    "CREATE TABLE customer (id int PRIMARY KEY, name varchar(30) NOT NULL)",
    "CREATE TABLE cust_order (id int PRIMARY KEY, customer_id int, ordernum varchar(30) NOT NULL,"
    " placed timestamp, GROUPING FOREIGN KEY (customer_id) REFERENCES customer)",
    "CREATE TABLE item (id int PRIMARY KEY, order_id int NOT NULL, price numeric(10,2), quantity int,"
    " GROUPING FOREIGN KEY (order_id) REFERENCES cust_order)",
]

NESTED = (
    "SELECT c.name, (SELECT o.ordernum, (SELECT i.price, i.quantity FROM item i WHERE i.order_id = o.id)"
    " AS items FROM cust_order o WHERE o.customer_id = c.id) AS orders FROM customer c ORDER BY c.id"
)

EXPECTED = [
    (
        "Ada",
        [
            {"ordernum": "A-1", "items": [{"price": 9.99, "quantity": 1}, {"price": 0.5, "quantity": 4}]},
            {"ordernum": "A-2", "items": []},
        ],
    ),
    ("Grace", []),
]

CUSTOMERS = [(1, "Ada"), (2, "Grace")]
ORDERS = [(10, 1, "A-1", "2012-10-05 12:17:00"), (11, 1, "A-2", None)]
ITEMS_COPY = "100\t10\t9.99\t1\n101\t10\t0.50\t4\n"
