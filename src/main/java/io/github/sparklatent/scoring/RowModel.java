package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import java.io.Serializable;
import java.util.Set;

/** A trained model prepared to score rows. Immutable; the tasks of a process share it. */
public interface RowModel extends Serializable {
    /** Returns a new scorer, the workspace of one task. {@code columns}: columns to compute. */
    BatchScorer scorer(Set<ScoreColumn> columns);
}
