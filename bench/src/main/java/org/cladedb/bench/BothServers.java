package org.cladedb.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.cladedb.testing.RealPostgres;

/// CladeDB and PostgreSQL 18, on this machine and at the same time.
final class BothServers implements AutoCloseable {
    private final RealPostgres real;
    private final CladeProcess own;

    private BothServers(RealPostgres real, CladeProcess own) {
        this.real = real;
        this.own = own;
    }

    /// @param settings of PostgreSQL
    static BothServers start(String... settings) throws IOException, InterruptedException {
        System.err.println("starting both servers");
        RealPostgres real = RealPostgres.start(settings);
        boolean done = false;
        try {
            BothServers both = new BothServers(real, CladeProcess.start());
            done = true;
            return both;
        } finally {
            if (!done) {
                real.close();
            }
        }
    }

    Target clade() {
        return new Target("CladeDB", own.port(), true);
    }

    Target postgres() {
        return new Target("PostgreSQL", real.port(), false);
    }

    /// Prints results, and writes them to the file that the second argument names, if there is one.
    static void report(ResultTable results, String title, String[] arguments) throws IOException {
        System.out.print(results.text());
        if (arguments.length > 1) {
            ResultFiles.write(Path.of(arguments[1]), title, results.text(), results.json());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            own.close();
        } finally {
            real.close();
        }
    }
}
