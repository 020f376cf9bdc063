package io.github.sparklatent.cluster.storage;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A change of a place: what was done, by whom and why. It has no values of rows.
 *
 * @param kind what was done
 * @param runId run that it is about; the new champion of a publication or a rollback; empty if it is about none
 * @param champion champion before; null: there was none
 * @param accepted whether the run passed; true if nothing was decided
 * @param reasons reasons as sentences
 * @param metrics metrics by name
 * @param user who did it
 * @param time when, by the clock of the process, as in ISO 8601
 */
public record Event(
        Kind kind,
        String runId,
        String champion,
        boolean accepted,
        List<String> reasons,
        Map<String, Object> metrics,
        String user,
        String time) {
    /** The kinds of events. */
    public enum Kind {
        /** The result of an output was written. */
        RESULT,
        /** A version was trained, or its table was refused. */
        TRAIN,
        /** A version was compared with the champion. */
        COMPARE,
        /** A version became the champion. */
        PUBLISH,
        /** An earlier champion became the champion again. */
        ROLLBACK,
        /** Runs publish over the champion again. */
        RELEASE,
        /** Versions, or what runs had left, were removed. */
        PRUNE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the time. */
    public Instant instant() {
        return Instant.parse(time);
    }

    /** Returns the decision as a word that begins with a space; empty if there was none. */
    public String outcome() {
        return switch (kind) {
            case TRAIN -> accepted ? "" : " refused";
            case COMPARE -> accepted ? " accepted" : " rejected";
            case RESULT, PUBLISH, ROLLBACK, RELEASE, PRUNE -> "";
        };
    }
}
