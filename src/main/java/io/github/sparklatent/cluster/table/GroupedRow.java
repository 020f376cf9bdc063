package io.github.sparklatent.cluster.table;

/** A row with the group that it belongs to. */
public final class GroupedRow extends RowRecord {
    private static final long serialVersionUID = 1L;

    private String[] group;

    /** Returns the texts of the group's columns; null where the table has a null. */
    public String[] getGroup() {
        return group;
    }

    public void setGroup(String[] value) {
        group = value;
    }
}
