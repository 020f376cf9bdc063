package io.github.sparklatent.cluster.storage;

import io.github.sparklatent.learn.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The content of a place: a registry with versions of a model, or an output with its result and the one before. Each
 * entry of the {@link Log} is a whole state. Immutable.
 *
 * @param number number of the entry, from 1; 0: there is none yet
 * @param isRegistry whether the place is a registry; else an output, whose champion is its result
 * @param versions versions by run, oldest first
 * @param champions the champion, and the champions before it that a rollback can return to, newest first
 * @param hold the rollback that holds the champion; null: runs may publish
 * @param rolledBack digests of the models that were rolled back and not published again, by run
 * @param rejected how many runs in a row were rejected since the last one that was accepted, published or rolled back
 * @param floor runs that began before this entry are over: they commit nothing, and what they left may be deleted
 * @param event what made this state of the one before; null in the first one
 * @param writer name that no other entry has
 */
public record State(
        long number,
        boolean isRegistry,
        Map<String, Version> versions,
        List<String> champions,
        Event hold,
        Map<String, String> rolledBack,
        int rejected,
        long floor,
        Event event,
        String writer) {
    /** A place without an entry. */
    public static final State NONE = new State(0, false, Map.of(), List.of(), null, Map.of(), 0, 0, null, "");

    public State {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        champions = List.copyOf(champions);
        rolledBack = Map.copyOf(rolledBack);
    }

    /**
     * A version of a model, or of other results.
     *
     * @param directory name of its directory
     * @param digests SHA-256 of the model, its Params and its metrics, by these names; "all" is that of all files
     * @param rows fingerprint of the rows that versions are compared on, or rows are computed from; null: not known
     * @param verdict how it compares with the champion; null: it was not compared
     * @param isPublished whether it is or was the champion
     */
    public record Version(
            String directory, Map<String, String> digests, String rows, Verdict verdict, boolean isPublished) {
        public Version {
            Require.that(directory.matches("[^./\\\\][^/\\\\]*"), "the directory is %s, expected a name", directory);
        }

        Version with(Verdict found, boolean published) {
            return new Version(directory, digests, rows, found, published);
        }
    }

    /**
     * The result of a comparison.
     *
     * @param against the champion that a version was compared with; null: there was none
     * @param digest digest of all files of the version that was compared
     */
    public record Verdict(
            String against, boolean isAccepted, List<String> reasons, Map<String, Object> metrics, String digest) {
        /** Returns whether another result, or null, has the same decision about the same files. */
        public boolean isLike(Verdict other) {
            return other != null
                    && isAccepted == other.isAccepted
                    && digest.equals(other.digest)
                    && reasons.equals(other.reasons)
                    && Objects.equals(against, other.against);
        }
    }

    /** Returns the champion; empty before the first publication. */
    public Optional<String> champion() {
        return champions.stream().findFirst();
    }

    /** Returns the champion before the champion. */
    public Optional<String> previous() {
        return champions.stream().skip(1).findFirst();
    }

    /** Returns the version of a run. */
    public Optional<Version> version(String run) {
        return Optional.ofNullable(versions.get(run));
    }

    /** Returns the directory of the champion. */
    public Optional<String> current() {
        return champion().flatMap(this::version).map(Version::directory);
    }

    /** Returns the next state, in which nothing but the event is different. */
    public State after(Event next, boolean ofRegistry, String by) {
        return new State(number + 1, ofRegistry, versions, champions, hold, rolledBack, rejected, floor, next, by);
    }

    private State with(
            Map<String, Version> otherVersions, List<String> otherChampions, Event otherHold, int otherRejected) {
        Map<String, String> left = new LinkedHashMap<>(rolledBack);
        otherChampions.forEach(left::remove);
        for (String run : champions) {
            if (!otherChampions.contains(run) && event.kind() == Event.Kind.ROLLBACK) {
                left.put(run, String.valueOf(versions.get(run).digests().get("model")));
            }
        }
        return new State(
                number,
                isRegistry,
                otherVersions,
                otherChampions,
                otherHold,
                left,
                otherRejected,
                floor,
                event,
                writer);
    }

    private Map<String, Version> and(String run, Version version) {
        Map<String, Version> more = new LinkedHashMap<>(versions);
        more.put(run, version);
        return more;
    }

    /** Returns the state of a registry with one more version. */
    public State trained(String run, Version version) {
        return with(and(run, version), champions, hold, rejected);
    }

    /** Returns the state of an output with a new result; the one before stays for its readers. */
    public State replaced(String run, Version version) {
        List<String> both = new ArrayList<>(List.of(run));
        champion().ifPresent(both::add);
        Map<String, Version> kept = and(run, version);
        kept.keySet().retainAll(both);
        return with(kept, both, null, 0);
    }

    /** Returns the state in which a version was compared. */
    public State compared(String run, Verdict verdict) {
        Version version = versions.get(run);
        boolean isAgain = version.verdict() != null && !version.verdict().isAccepted();
        return with(
                and(run, version.with(verdict, version.isPublished())),
                champions,
                hold,
                verdict.isAccepted() ? 0 : rejected + (isAgain ? 0 : 1));
    }

    /**
     * Returns the state in which a version is the champion, which nothing holds. No rollback leads back to the same
     * model.
     */
    public State published(String run) {
        Version version = versions.get(run);
        String model = version.digests().get("model");
        List<String> more = new ArrayList<>(champions);
        more.removeIf(other -> other.equals(run)
                || model != null && model.equals(versions.get(other).digests().get("model")));
        more.add(0, run);
        return with(and(run, version.with(version.verdict(), true)), more, null, 0);
    }

    /** Returns the state in which an earlier champion is the champion again, held by the event. */
    public State rolledBackTo(String run) {
        return with(versions, champions.subList(champions.indexOf(run), champions.size()), event, 0);
    }

    /** Returns the state in which nothing holds the champion. */
    public State released() {
        return with(versions, champions, null, rejected);
    }

    /** Returns the state without some versions, and with a floor. */
    public State collected(Set<String> removed, long newFloor) {
        Map<String, Version> kept = new LinkedHashMap<>(versions);
        kept.keySet().removeAll(removed);
        List<String> left = champions.stream().filter(kept::containsKey).toList();
        return new State(number, isRegistry, kept, left, hold, rolledBack, rejected, newFloor, event, writer);
    }
}
