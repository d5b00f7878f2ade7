package org.cladedb.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/// The rows of the benchmark shop, always the same, as COPY text.
final class ShopData {
    static final int ORDERS_PER_CUSTOMER = 10;
    static final int ITEMS_PER_ORDER = 3;

    private final int customers;

    ShopData(int customers) {
        this.customers = customers;
    }

    int customers() {
        return customers;
    }

    int orders() {
        return customers * ORDERS_PER_CUSTOMER;
    }

    int items() {
        return orders() * ITEMS_PER_ORDER;
    }

    InputStream customerRows() {
        return rows(
                customers,
                id ->
                        id
                                + "\tCustomer number "
                                + id
                                + "\tR"
                                + id % 10
                                + "\tuser"
                                + id
                                + "@example.com\n");
    }

    InputStream orderRows() {
        return rows(
                orders(),
                id ->
                        id
                                + "\t"
                                + ((id - 1) / ORDERS_PER_CUSTOMER + 1)
                                + "\t2024-"
                                + two(id % 12 + 1)
                                + "-"
                                + two(id % 28 + 1)
                                + "\t"
                                + status(id)
                                + "\n");
    }

    InputStream itemRows() {
        return rows(
                items(),
                id ->
                        id
                                + "\t"
                                + ((id - 1) / ITEMS_PER_ORDER + 1)
                                + "\tSKU-"
                                + id % 5000
                                + "\t"
                                + (1 + id % 7)
                                + "\t"
                                + id % 9999 / 100
                                + "."
                                + two(id % 100)
                                + "\n");
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static String status(int id) {
        return switch (id % 3) {
            case 0 -> "open";
            case 1 -> "paid";
            default -> "shipped";
        };
    }

    private static InputStream rows(int count, IntFunction<String> row) {
        return new InputStream() {
            private byte[] chunk = {};
            private int position;
            private int next = 1;

            private boolean fill() {
                if (position < chunk.length) {
                    return true;
                }
                StringBuilder text = new StringBuilder();
                while (next <= count && text.length() < 60_000) {
                    text.append(row.apply(next++));
                }
                chunk = text.toString().getBytes(StandardCharsets.UTF_8);
                position = 0;
                return chunk.length > 0;
            }

            @Override
            public int read() throws IOException {
                return fill() ? chunk[position++] & 0xFF : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (!fill()) {
                    return -1;
                }
                int count = Math.min(length, chunk.length - position);
                System.arraycopy(chunk, position, target, offset, count);
                position += count;
                return count;
            }
        };
    }
}
