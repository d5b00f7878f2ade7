package org.cladedb.session;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The units in which a setting may be given and is shown.
///
/// @param own how much the setting's own unit is, in the smallest of `units`
/// @param units the largest first
/// @param hint which there are, in a sentence
record SettingUnits(double own, List<Unit> units, String hint) {
    /// How far from a whole number of some unit a value may be to be shown as that.
    private static final double ROUNDING = 1e-8;

    private static final List<Unit> MEMORY =
            List.of(
                    new Unit("TB", 0x1p40),
                    new Unit("GB", 0x1p30),
                    new Unit("MB", 0x1p20),
                    new Unit("kB", 0x1p10),
                    new Unit("B", 1));
    private static final List<Unit> TIME =
            List.of(
                    new Unit("d", 8.64e10),
                    new Unit("h", 3.6e9),
                    new Unit("min", 6e7),
                    new Unit("s", 1e6),
                    new Unit("ms", 1e3),
                    new Unit("us", 1));
    private static final String MEMORY_HINT =
            "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\".";
    private static final String TIME_HINT =
            "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and"
                    + " \"d\".";

    private static final Map<String, SettingUnits> BY_OWN =
            Map.of(
                    "B", new SettingUnits(1, MEMORY, MEMORY_HINT),
                    "kB", new SettingUnits(0x1p10, MEMORY, MEMORY_HINT),
                    "8kB", new SettingUnits(0x1p13, MEMORY, MEMORY_HINT),
                    "MB", new SettingUnits(0x1p20, MEMORY, MEMORY_HINT),
                    "ms", new SettingUnits(1e3, TIME, TIME_HINT),
                    "s", new SettingUnits(1e6, TIME, TIME_HINT),
                    "min", new SettingUnits(6e7, TIME, TIME_HINT));

    /// A unit, and how many of the smallest unit it is.
    record Unit(String name, double size) {}

    SettingUnits {
        units = List.copyOf(units);
    }

    /// Null when a setting with that unit, or with none, takes bare numbers only.
    static @Nullable SettingUnits of(String own) {
        return BY_OWN.get(own);
    }

    /// A number of some unit in the setting's own unit; fractions are rounded to the next smaller
    /// unit. Null when there is no such unit.
    @Nullable Double convert(double number, String unit) {
        for (int i = 0; i < units.size(); i++) {
            if (units.get(i).name().equals(unit)) {
                double converted = number * (units.get(i).size() / own);
                if (i + 1 == units.size()) {
                    return converted;
                }
                double smaller = units.get(i + 1).size() / own;
                return Math.rint(converted / smaller) * smaller;
            }
        }
        return null;
    }

    /// A positive whole number of the own unit, in the largest unit in which it is whole.
    String shown(long number) {
        for (Unit unit : units) {
            double size = unit.size() / own;
            if (size <= 1 || number % (long) size == 0) {
                return (long) Math.rint(number / size) + unit.name();
            }
        }
        throw new IllegalStateException("no unit is as small as the own one");
    }

    /// A positive number of the own unit, in the largest unit in which it is nearly whole, or else
    /// in the smallest.
    String shown(double number) {
        double scaled = number;
        String name = "";
        for (Unit unit : units) {
            scaled = number / (unit.size() / own);
            name = unit.name();
            if (Math.abs(Math.rint(scaled) / scaled - 1) <= ROUNDING) {
                break;
            }
        }
        return GeneralFormat.of(scaled) + name;
    }
}
