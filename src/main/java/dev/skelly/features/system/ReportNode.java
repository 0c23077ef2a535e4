package dev.skelly.features.system;

import dev.skelly.feature.Command;
import java.util.List;

/**
 * Reports what a node measured and noticed.
 *
 * @param changes parts that failed or work again since the last report, oldest first
 * @param errors since the last report
 * @param others errors at further places
 */
record ReportNode(
        SystemEvent.NodeFigures figures,
        List<SystemEvent.HealthChanged> changes,
        List<SystemEvent.LoggedError> errors,
        long others)
        implements Command<Void> {

    ReportNode {
        changes = List.copyOf(changes);
        errors = List.copyOf(errors);
    }
}
