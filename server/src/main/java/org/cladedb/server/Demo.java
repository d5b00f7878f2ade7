package org.cladedb.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.session.Session;
import org.cladedb.session.SessionIdentity;
import org.cladedb.session.SessionServices;
import org.cladedb.session.Settings;

/// Loads a small shop and shows one SELECT that answers with a tree.
final class Demo {
    static final String QUERY =
            """
            SELECT c.name,
                   (SELECT o.ordernum, o.placed,
                           (SELECT i.product, i.quantity, i.price
                            FROM item i WHERE i.order_id = o.id) AS items
                    FROM cust_order o WHERE o.customer_id = c.id) AS orders
            FROM customer c
            ORDER BY c.id\
            """;

    private final SessionServices services;

    Demo(SessionServices services) {
        this.services = services;
    }

    /// @throws StartupFailure when the shop cannot be loaded
    void run(PrintStream out) {
        SessionIdentity identity = new SessionIdentity("postgres", "postgres", "");
        try (Session session = Session.open(services, identity, new Settings())) {
            TextResults results = new TextResults();
            session.simple().run(script(), results);
            session.simple().run(QUERY, results);
            print(results, out);
        } catch (DatabaseException failure) {
            throw new StartupFailure("the demo failed: " + failure.message(), failure);
        }
    }

    private static String script() {
        try (InputStream stream = Demo.class.getResourceAsStream("demo.sql")) {
            if (stream == null) {
                throw new StartupFailure("demo.sql is missing from the program", null);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new StartupFailure("demo.sql cannot be read", failure);
        }
    }

    private static void print(TextResults results, PrintStream out) {
        out.println(QUERY + ";");
        out.println();
        for (List<String> row : results.rows()) {
            out.println(row.getFirst());
            out.println("  " + JsonLayout.format(row.getLast(), 2));
        }
        out.println();
    }
}
