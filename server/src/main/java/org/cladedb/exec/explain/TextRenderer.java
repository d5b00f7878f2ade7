package org.cladedb.exec.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cladedb.exec.NodeProfile;
import org.jspecify.annotations.Nullable;

/// Prints a plan as indented lines with arrows.
final class TextRenderer {
    private static final String ARROW = "->  ";
    private static final int STEP = 2;

    private final boolean timing;
    private final List<String> lines = new ArrayList<>();

    TextRenderer(boolean timing) {
        this.timing = timing;
    }

    List<String> render(PlanDescription plan) {
        node(plan, 0, "");
        return lines;
    }

    private void node(PlanDescription plan, int indent, String arrow) {
        lines.add(" ".repeat(indent) + arrow + plan.label() + actual(plan.profile()));
        int inside = indent + arrow.length() + STEP;
        for (PlanDescription.Property property : plan.properties()) {
            lines.add(" ".repeat(inside) + property.name() + ": " + property.value());
        }
        for (PlanDescription.Attached attached : plan.attached()) {
            lines.add(" ".repeat(inside) + attached.title());
            node(attached.plan(), inside + STEP, ARROW);
        }
        for (PlanDescription input : plan.inputs()) {
            node(input, inside, ARROW);
        }
    }

    private String actual(@Nullable NodeProfile profile) {
        if (profile == null) {
            return "";
        }
        if (profile.loops() == 0) {
            return " (never executed)";
        }
        long loops = profile.loops();
        String time =
                timing
                        ? String.format(
                                Locale.ROOT,
                                "time=%.3f..%.3f ",
                                profile.startupMicros() / 1000.0 / loops,
                                profile.totalMicros() / 1000.0 / loops)
                        : "";
        long rows = Math.round((double) profile.rows() / loops);
        return " (actual " + time + "rows=" + rows + " loops=" + loops + ")";
    }
}
