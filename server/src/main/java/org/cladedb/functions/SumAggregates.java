package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.cladedb.functions.AggregateFunction.Accumulator;
import org.cladedb.types.Datum;

/// sum and avg. Integer sums are exact in 128 bits, numeric ones of any size.
final class SumAggregates {
    private SumAggregates() {}

    static void define(Definitions define) {
        for (String type : new String[] {"int2", "int4"}) {
            define.aggregate("sum(" + type + ") int8", (_, _) -> () -> new Integers(Kind.LONG));
            define.aggregate("avg(" + type + ") numeric", (_, _) -> () -> new Integers(Kind.AVG));
        }
        define.aggregate("sum(int8) numeric", (_, _) -> () -> new Integers(Kind.NUMERIC));
        define.aggregate("avg(int8) numeric", (_, _) -> () -> new Integers(Kind.AVG));
        define.aggregate("sum(numeric) numeric", (_, _) -> () -> new Decimals(false));
        define.aggregate("avg(numeric) numeric", (_, _) -> () -> new Decimals(true));
        define.aggregate("sum(float8) float8", (_, _) -> () -> new Floats(false));
        define.aggregate("avg(float8) float8", (_, _) -> () -> new Floats(true));
        define.aggregate("avg(float4) float8", (_, _) -> () -> new Floats(true));
        define.aggregate("sum(float4) float4", (_, _) -> Reals::new);
        define.aggregate("sum(interval) interval", (_, _) -> () -> new IntervalSum(false));
        define.aggregate("avg(interval) interval", (_, _) -> () -> new IntervalSum(true));
    }

    private enum Kind {
        LONG,
        NUMERIC,
        AVG
    }

    private static final class Integers implements Accumulator {
        private final Kind kind;
        private long count;
        private long high;
        private long low;

        Integers(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            long value = arguments[0].longValue();
            long sum = low + value;
            high += (value >> 63) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
            low = sum;
            count++;
        }

        @Override
        public boolean remove(Datum[] arguments, EvaluationContext context) {
            long value = arguments[0].longValue();
            high -= (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
            low -= value;
            count--;
            return true;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (count == 0) {
                out.setNull();
                return;
            }
            boolean small = high == low >> 63;
            if (kind == Kind.LONG) {
                if (!small) {
                    throw Failures.outOfRange("bigint");
                }
                out.setLong(low);
            } else if (kind == Kind.NUMERIC) {
                setSum(out, small);
            } else {
                Datum sum = new Datum();
                setSum(sum, small);
                Datum divisor = new Datum();
                divisor.setNumeric(count, 0);
                Numeric.divide(sum, divisor, out);
            }
        }

        private void setSum(Datum out, boolean small) {
            if (small) {
                out.setNumeric(low, 0);
            } else {
                BigInteger lowPart = new BigInteger(Long.toUnsignedString(low));
                out.setNumeric(
                        new BigDecimal(BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lowPart)));
            }
        }
    }

    private static final class Decimals implements Accumulator {
        private final boolean average;
        private long count;

        /// The most places of a value.
        private int scale;

        /// How many values have them.
        private long widest;

        private Datum sum = new Datum();
        private Datum next = new Datum();

        Decimals(boolean average) {
            this.average = average;
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            countPlaces(arguments[0]);
            if (count++ == 0) {
                sum.copyFrom(arguments[0]);
                return;
            }
            Numeric.add(sum, arguments[0], next);
            Datum swapped = sum;
            sum = next;
            next = swapped;
        }

        private void countPlaces(Datum value) {
            int places = Numeric.isSpecial(value) ? -1 : Numeric.scale(value);
            if (places > scale) {
                scale = places;
                widest = 0;
            }
            if (places == scale) {
                widest++;
            }
        }

        /// Not for the last of the values with the most places: the sum would keep its places.
        @Override
        public boolean remove(Datum[] arguments, EvaluationContext context) {
            Datum value = arguments[0];
            if (Numeric.isSpecial(sum) || Numeric.isSpecial(value)) {
                return false;
            }
            if (Numeric.scale(value) == scale && --widest == 0) {
                return false;
            }
            Numeric.subtract(sum, value, next);
            Datum swapped = sum;
            sum = next;
            next = swapped;
            count--;
            return true;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (count == 0) {
                out.setNull();
            } else if (average) {
                Datum divisor = new Datum();
                divisor.setNumeric(count, 0);
                Numeric.divide(sum, divisor, out);
            } else {
                out.copyFrom(sum);
            }
        }
    }

    private static final class Floats implements Accumulator {
        private final boolean average;
        private long count;
        private double sum;

        Floats(boolean average) {
            this.average = average;
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            sum = FloatOperators.add(sum, arguments[0].doubleValue());
            count++;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (count == 0) {
                out.setNull();
            } else {
                out.setDouble(average ? sum / count : sum);
            }
        }
    }

    private static final class Reals implements Accumulator {
        private boolean empty = true;
        private float sum;

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            double value = arguments[0].doubleValue();
            sum = (float) FloatOperators.finite(sum + (float) value, sum, value);
            empty = false;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (empty) {
                out.setNull();
            } else {
                out.setDouble(sum);
            }
        }
    }

    private static final class IntervalSum implements Accumulator {
        private final boolean average;
        private long count;
        private long months;
        private long days;
        private long micros;

        IntervalSum(boolean average) {
            this.average = average;
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            months += arguments[0].intervalMonths();
            days += arguments[0].intervalDays();
            micros = Math.addExact(micros, arguments[0].intervalMicros());
            count++;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (count == 0) {
                out.setNull();
                return;
            }
            if (months != (int) months || days != (int) days) {
                throw Failures.timeOutOfRange("interval");
            }
            out.setInterval((int) months, (int) days, micros);
            if (average) {
                Datum sum = new Datum();
                sum.copyFrom(out);
                IntervalMath.divide(sum, (double) count, out);
            }
        }
    }
}
