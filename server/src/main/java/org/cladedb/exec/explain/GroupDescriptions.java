package org.cladedb.exec.explain;

import java.util.stream.Collectors;
import org.cladedb.plan.physical.NestedLevel;
import org.cladedb.plan.physical.PhysicalNode;

/// Describes the reads of several tables by one group scan.
final class GroupDescriptions {
    private GroupDescriptions() {}

    static PlanDescription join(PhysicalNode.GroupJoin join, PlanDescriber describer) {
        String tables =
                join.members().stream()
                        .map(member -> (member.outer() ? "outer " : "") + member.table().name())
                        .collect(Collectors.joining(", "));
        PlanDescription description = new PlanDescription("Group Join on " + tables);
        ExpressionText text = describer.textFor(description);
        PathText.addConditions(join.path(), join.members().getFirst().table(), description, text);
        for (PhysicalNode.GroupJoinMember member : join.members()) {
            if (member.filter() != null) {
                description.with("Filter on " + member.table().name(), text.of(member.filter()));
            }
        }
        return description;
    }

    static PlanDescription nestedScan(PhysicalNode.NestedGroupScan scan, PlanDescriber describer) {
        PlanDescription description =
                new PlanDescription("Nested Group Scan on " + scan.table().name());
        ExpressionText text = describer.textFor(description);
        PathText.addConditions(scan.path(), scan.table(), description, text);
        if (scan.filter() != null) {
            description.with("Filter", text.of(scan.filter()));
        }
        for (PhysicalNode.NestedColumn column : scan.nested()) {
            addLevel(column.column().name(), column.level(), description, text);
        }
        return description;
    }

    private static void addLevel(
            String path, NestedLevel level, PlanDescription description, ExpressionText text) {
        String filter = level.filter() == null ? "" : " where " + text.of(level.filter());
        description.with("Nested " + path, level.table().name() + filter);
        for (NestedLevel.Item item : level.items()) {
            switch (item) {
                case NestedLevel.Value value -> text.of(value.expression());
                case NestedLevel.Nested nested ->
                        addLevel(path + "." + nested.name(), nested.level(), description, text);
            }
        }
    }
}
