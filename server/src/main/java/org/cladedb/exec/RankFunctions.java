package org.cladedb.exec;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;

/// Window functions of a row's place in its partition.
final class RankFunctions {
    private RankFunctions() {}

    /// Writes a place.
    @FunctionalInterface
    interface Place {
        void write(WindowOrder order, int position, Datum out);
    }

    /// A function that needs no arguments.
    record Placed(Place place) implements WindowFunction {
        @Override
        public void startPartition(WindowOrder order, ExecutionContext context) {}

        @Override
        public void compute(WindowOrder order, int position, ExecutionContext context, Datum out) {
            place.write(order, position, out);
        }
    }

    static WindowFunction rowNumber() {
        return new Placed((order, position, out) -> out.setLong(position - order.start() + 1L));
    }

    static WindowFunction rank() {
        return new Placed((order, position, out) -> out.setLong(rank(order, position)));
    }

    private static long rank(WindowOrder order, int position) {
        return order.groupStart(order.group(position)) - order.start() + 1L;
    }

    static WindowFunction denseRank() {
        return new Placed((order, position, out) -> out.setLong(order.group(position) + 1L));
    }

    static WindowFunction percentRank() {
        return new Placed((order, position, out) -> {
            long others = order.end() - order.start() - 1L;
            out.setDouble(others == 0 ? 0 : (double) (rank(order, position) - 1) / others);
        });
    }

    static WindowFunction cumulativeDistribution() {
        return new Placed((order, position, out) -> {
            double upTo = order.groupEnd(order.group(position)) - order.start();
            out.setDouble(upTo / (order.end() - order.start()));
        });
    }

    /// `ntile`: its argument is that of the partition's first row.
    static final class Ntile implements WindowFunction {
        private final Evaluator buckets;
        private boolean isNull;
        private long bucketCount;

        Ntile(Evaluator buckets) {
            this.buckets = buckets;
        }

        @Override
        public void startPartition(WindowOrder order, ExecutionContext context) {
            order.load(order.start());
            Datum value = buckets.evaluate(context);
            isNull = value.isNull();
            bucketCount = value.longValue();
            if (!isNull && bucketCount <= 0) {
                throw new DatabaseException(
                        SqlState.INVALID_ARGUMENT_FOR_NTILE_FUNCTION,
                        "argument of ntile must be greater than zero");
            }
        }

        @Override
        public void compute(WindowOrder order, int position, ExecutionContext context, Datum out) {
            if (isNull) {
                out.setNull();
                return;
            }
            int rows = order.end() - order.start();
            int index = position - order.start();
            long small = rows / bucketCount;
            long larger = rows % bucketCount;
            // The first buckets have one row more.
            long inLarger = larger * (small + 1);
            out.setLong(
                    index < inLarger
                            ? index / (small + 1) + 1
                            : larger + (index - inLarger) / small + 1);
        }
    }
}
