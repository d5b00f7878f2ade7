package org.cladedb.exec.explain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.cladedb.common.ByteWriter;
import org.cladedb.exec.NodeProfile;
import org.cladedb.types.JsonEscaper;

/// Prints a plan as JSON, laid out as PostgreSQL lays it out.
final class JsonRenderer {
    private static final int STEP = 2;

    private final boolean timing;
    private final StringBuilder out = new StringBuilder();

    JsonRenderer(boolean timing) {
        this.timing = timing;
    }

    String render(PlanDescription plan, Map<String, String> more) {
        out.append("[\n  {\n    \"Plan\": ");
        node(plan, "", 4);
        more.forEach((name, value) -> member(",", name, value, 4));
        return out.append("\n  }\n]").toString();
    }

    /// Writes an object whose closing brace is indented by `indent`.
    private void node(PlanDescription plan, String title, int indent) {
        out.append('{');
        int inside = indent + STEP;
        member("", "Node Type", quoted(plan.label()), inside);
        if (!title.isEmpty()) {
            member(",", "Subplan Name", quoted(title), inside);
        }
        NodeProfile profile = plan.profile();
        if (profile != null) {
            actual(profile, inside);
        }
        for (PlanDescription.Property property : plan.properties()) {
            member(",", property.name(), quoted(property.value()), inside);
        }
        if (!plan.attached().isEmpty() || !plan.inputs().isEmpty()) {
            member(",", "Plans", "[", inside);
            String separator = "";
            for (PlanDescription.Attached attached : plan.attached()) {
                child(separator, attached.plan(), attached.title(), inside + STEP);
                separator = ",";
            }
            for (PlanDescription input : plan.inputs()) {
                child(separator, input, "", inside + STEP);
                separator = ",";
            }
            out.append('\n').append(" ".repeat(inside)).append(']');
        }
        out.append('\n').append(" ".repeat(indent)).append('}');
    }

    private void child(String separator, PlanDescription plan, String title, int indent) {
        out.append(separator).append('\n').append(" ".repeat(indent));
        node(plan, title, indent);
    }

    private void actual(NodeProfile profile, int indent) {
        long loops = Math.max(1, profile.loops());
        if (timing) {
            member(",", "Actual Startup Time", millis(profile.startupMicros(), loops), indent);
            member(",", "Actual Total Time", millis(profile.totalMicros(), loops), indent);
        }
        long rows = Math.round((double) profile.rows() / loops);
        member(",", "Actual Rows", Long.toString(rows), indent);
        member(",", "Actual Loops", Long.toString(profile.loops()), indent);
    }

    private static String millis(long micros, long loops) {
        return String.format(Locale.ROOT, "%.3f", micros / 1000.0 / loops);
    }

    private void member(String separator, String name, String value, int indent) {
        out.append(separator).append('\n').append(" ".repeat(indent));
        out.append(quoted(name)).append(": ").append(value);
    }

    private static String quoted(String text) {
        ByteWriter writer = new ByteWriter();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonEscaper.appendQuoted(writer, bytes, 0, bytes.length);
        return new String(writer.array(), 0, writer.size(), StandardCharsets.UTF_8);
    }
}
