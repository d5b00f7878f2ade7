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

        @Override
        public int needed(int position) {
            return position + 1;
        }
    }

    static WindowFunction rowNumber() {
        return new Placed((order, position, out) -> out.setLong(position + 1L));
    }

    static WindowFunction rank() {
        return new Placed((order, position, out) -> out.setLong(rank(order, position)));
    }

    private static long rank(WindowOrder order, int position) {
        return order.groupStart(order.group(position)) + 1L;
    }

    static WindowFunction denseRank() {
        return new Placed((order, position, out) -> out.setLong(order.group(position) + 1L));
    }

    static WindowFunction percentRank() {
        return new Placed((order, position, out) -> {
            long others = order.end() - 1L;
            out.setDouble(others == 0 ? 0 : (double) (rank(order, position) - 1) / others);
        });
    }

    static WindowFunction cumulativeDistribution() {
        return new Placed((order, position, out) -> {
            double upTo = order.groupEnd(order.group(position));
            out.setDouble(upTo / order.end());
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
            order.load(0);
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
            int rows = order.end();
            long small = rows / bucketCount;
            long larger = rows % bucketCount;
            // The first buckets have one row more.
            long inLarger = larger * (small + 1);
            out.setLong(
                    position < inLarger
                            ? position / (small + 1) + 1
                            : larger + (position - inLarger) / small + 1);
        }

        @Override
        public int needed(int position) {
            return position + 1;
        }
    }
}
