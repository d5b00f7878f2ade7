package org.cladedb.bench.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cladedb.sql.parser.ParsedStatement;
import org.cladedb.sql.parser.SqlParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The text of a statement to its syntax tree.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class ParserLoops {
    private static final String NESTED =
            "select c.name, (select o.placed from cust_order o where o.customer_id = c.id)"
                    + " from customer c where c.id = $1 order by 1 limit 10";

    /// A nested query of 120 characters.
    @Benchmark
    public List<ParsedStatement> nestedQuery() {
        return SqlParser.parse(NESTED);
    }
}
