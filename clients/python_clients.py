"""psycopg 3 (text and binary), psycopg2 and asyncpg against a running server: `python_clients.py PORT CLIENT`."""

import asyncio
import datetime
import decimal
import json
import sys

import shop

HOST = "127.0.0.1"


def as_rows(rows: list) -> list:
    """Rows with the nested column parsed, whatever the driver made of it."""
    return [(name, json.loads(orders) if isinstance(orders, str) else orders) for name, orders in rows]


def check(actual: object, expected: object) -> None:
    if actual != expected:
        raise AssertionError(f"expected {expected!r}, got {actual!r}")


def run_psycopg(port: int, binary: bool) -> None:
    import psycopg

    with psycopg.connect(host=HOST, port=port, user="postgres", dbname="postgres") as connection:
        cursor = connection.cursor(binary=binary)
        for statement in shop.CREATE:
            cursor.execute(statement)
        cursor.executemany("INSERT INTO customer VALUES (%s, %s)", shop.CUSTOMERS)
        cursor.executemany("INSERT INTO cust_order VALUES (%s, %s, %s, %s)", shop.ORDERS)
        connection.commit()
        with cursor.copy("COPY item FROM STDIN") as copy:
            copy.write(shop.ITEMS_COPY)
        connection.commit()
        cursor.execute(shop.NESTED)
        check(as_rows(cursor.fetchall()), shop.EXPECTED)
        cursor.execute("SELECT placed, id FROM cust_order WHERE id = %s", (10,))
        check(cursor.fetchone(), (datetime.datetime(2012, 10, 5, 12, 17), 10))
        connection.commit()
        try:
            cursor.execute("INSERT INTO customer VALUES (1, 'twice')")
            raise AssertionError("a duplicate key was accepted")
        except psycopg.errors.UniqueViolation as error:
            check(error.diag.constraint_name, "customer_pkey")
        connection.rollback()
        cursor.execute("INSERT INTO customer VALUES (3, 'nobody')")
        connection.rollback()
        cursor.execute("SELECT count(*) FROM customer")
        check(cursor.fetchone(), (2,))
        with cursor.copy("COPY customer TO STDOUT") as copy:
            check(b"".join(bytes(chunk) for chunk in copy), b"1\tAda\n2\tGrace\n")
        with cursor.copy("COPY customer FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(["int4", "text"])
            copy.write_row((4, "Edsger"))
        with cursor.copy("COPY (SELECT id, name FROM customer WHERE id <> 2) TO STDOUT (FORMAT binary)") as copy:
            copy.set_types(["int4", "text"])
            check(list(copy.rows()), [(1, "Ada"), (4, "Edsger")])
        connection.rollback()


def run_psycopg2(port: int) -> None:
    import io

    import psycopg2

    connection = psycopg2.connect(host=HOST, port=port, user="postgres", dbname="postgres")
    cursor = connection.cursor()
    for statement in shop.CREATE:
        cursor.execute(statement)
    cursor.executemany("INSERT INTO customer VALUES (%s, %s)", shop.CUSTOMERS)
    cursor.executemany("INSERT INTO cust_order VALUES (%s, %s, %s, %s)", shop.ORDERS)
    cursor.copy_expert("COPY item FROM STDIN", io.StringIO(shop.ITEMS_COPY))
    connection.commit()
    cursor.execute(shop.NESTED)
    check(as_rows(cursor.fetchall()), shop.EXPECTED)
    connection.commit()
    try:
        cursor.execute("INSERT INTO item VALUES (102, 99, 1, 1)")
        raise AssertionError("an orphan was accepted")
    except psycopg2.errors.ForeignKeyViolation:
        connection.rollback()
    cursor.execute("DELETE FROM item")
    connection.rollback()
    out = io.StringIO()
    cursor.copy_expert("COPY item TO STDOUT WITH CSV HEADER", out)
    check(out.getvalue(), "id,order_id,price,quantity\n100,10,9.99,1\n101,10,0.50,4\n")
    connection.close()


async def run_asyncpg(port: int) -> None:
    import io

    import asyncpg

    connection = await asyncpg.connect(host=HOST, port=port, user="postgres", database="postgres")
    for statement in shop.CREATE:
        await connection.execute(statement)
    await connection.executemany("INSERT INTO customer VALUES ($1, $2)", shop.CUSTOMERS)
    placed = datetime.datetime(2012, 10, 5, 12, 17)
    orders = [(10, 1, "A-1", placed), (11, 1, "A-2", None)]
    await connection.executemany("INSERT INTO cust_order VALUES ($1, $2, $3, $4)", orders)
    source = io.BytesIO(shop.ITEMS_COPY.encode())
    await connection.copy_to_table("item", source=source, format="text")
    rows = await connection.fetch(shop.NESTED)
    check(as_rows([tuple(row) for row in rows]), shop.EXPECTED)
    check(await connection.fetchval("SELECT price FROM item WHERE id = $1", 100), decimal.Decimal("9.99"))
    try:
        await connection.execute("SELECT nosuch FROM customer")
        raise AssertionError("an unknown column was accepted")
    except asyncpg.UndefinedColumnError:
        pass
    try:
        await asyncio.wait_for(connection.fetch("SELECT nosuch FROM customer WHERE id = $1", 1), 10)
        raise AssertionError("an unknown column was accepted")
    except asyncpg.UndefinedColumnError:
        pass
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("DELETE FROM item")
    await transaction.rollback()
    check(await connection.fetchval("SELECT count(*) FROM item"), 2)
    out = io.BytesIO()
    await connection.copy_from_query("SELECT id, name FROM customer ORDER BY id", output=out, format="text")
    check(out.getvalue(), b"1\tAda\n2\tGrace\n")
    await connection.copy_records_to_table("customer", records=[(4, "Edsger")], columns=["id", "name"])
    check(await connection.fetchval("SELECT name FROM customer WHERE id = 4"), "Edsger")
    await connection.close()


def main() -> None:
    port = int(sys.argv[1])
    client = sys.argv[2]
    if client == "psycopg-text":
        run_psycopg(port, binary=False)
    elif client == "psycopg-binary":
        run_psycopg(port, binary=True)
    elif client == "psycopg2":
        run_psycopg2(port)
    elif client == "asyncpg":
        asyncio.run(run_asyncpg(port))
    else:
        raise SystemExit(f"unknown client {client}")


if __name__ == "__main__":
    main()
