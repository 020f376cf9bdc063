package io.github.sparklatent.cluster.table;

/**
 * The number of partitions of a table and the reason for it.
 *
 * @param wanted number of partitions, which may be a fraction
 * @param reason words that say which limit or setting determines the number
 */
public record PartitionChoice(double wanted, String reason) {
    /** Returns this choice if it is not above the limit, else the limit. */
    public PartitionChoice atMost(double limit, String why) {
        return wanted > limit ? new PartitionChoice(limit, why) : this;
    }

    /** Returns this choice if it is not below the limit, else the limit. */
    public PartitionChoice atLeast(double limit, String why) {
        return wanted < limit ? new PartitionChoice(limit, why) : this;
    }

    public int number() {
        return (int) Math.ceil(wanted);
    }

    @Override
    public String toString() {
        return "%d (%s)".formatted(number(), reason);
    }
}
