package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.registry.Entry.Kind;
import io.github.sparklatent.config.UsageException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a registry that follows from the entries of its log. A publication makes a version the champion. A
 * rollback to an earlier champion forgets the champions after it, marks them as rolled back, and holds the champion.
 * Immutable.
 *
 * @param entries all entries, oldest first
 */
public record History(List<Entry> entries) {
    public History {
        entries = List.copyOf(entries);
    }

    /** Returns the number of the next entry. */
    long next() {
        return entries.size() + 1;
    }

    /** Returns the champion; absent before the first publication. */
    public Optional<String> champion() {
        return Optional.ofNullable(champions().peek());
    }

    /** Returns the champion before the champion. */
    public Optional<String> previous() {
        return champions().stream().skip(1).findFirst();
    }

    /** Returns the champion and the champions before it, newest first. */
    Deque<String> champions() {
        Deque<String> stack = new ArrayDeque<>();
        for (Entry entry : entries) {
            if (entry.kind() == Kind.ROLLBACK && stack.contains(entry.runId())) {
                while (!entry.runId().equals(stack.peek())) {
                    stack.pop();
                }
            } else if (entry.kind() == Kind.PUBLISH || entry.kind() == Kind.ROLLBACK) {
                stack.push(entry.runId());
            }
        }
        return stack;
    }

    /**
     * Returns the champion if a rollback from a run has made it the champion, and nothing has changed it afterwards.
     */
    Optional<String> rolledBackTo(String from) {
        return entries.stream()
                .filter(entry -> entry.kind() == Kind.PUBLISH || entry.kind() == Kind.ROLLBACK)
                .reduce((earlier, later) -> later)
                .filter(entry -> entry.kind() == Kind.ROLLBACK)
                .filter(entry -> entry.champion().equals(Optional.of(from)))
                .map(Entry::runId);
    }

    /** Returns the champions that were rolled back and were not published again after that. */
    Set<String> rolledBack() {
        Set<String> left = new LinkedHashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.kind() == Kind.ROLLBACK) {
                left.addAll(new History(entries.subList(0, i)).champions());
                left.removeAll(new History(entries.subList(0, i + 1)).champions());
            } else if (entry.kind() == Kind.PUBLISH) {
                left.remove(entry.runId());
            }
        }
        return left;
    }

    /** Returns the entry that holds the champion; absent if runs may publish. */
    public Optional<Entry> hold() {
        Optional<Entry> hold = Optional.empty();
        for (Entry entry : entries) {
            if (entry.kind() == Kind.ROLLBACK) {
                hold = Optional.of(entry);
            } else if (entry.kind() == Kind.RELEASE) {
                hold = Optional.empty();
            }
        }
        return hold;
    }

    /** Requires that the champion is not held. */
    void requireReleased() {
        hold().ifPresent(entry -> {
            throw new ChampionHeldException(
                    "the champion %s; run registry release first, or publish with --force".formatted(held(entry)));
        });
    }

    /** Returns since when, by whom and why the champion is held, as the end of a sentence. */
    public static String held(Entry hold) {
        return "is held since the %s of %s%s%s"
                .formatted(
                        hold.kind(),
                        hold.time().truncatedTo(ChronoUnit.SECONDS),
                        hold.user().map(" by "::concat).orElse(""),
                        hold.reasons().isEmpty() ? "" : " (" + String.join("; ", hold.reasons()) + ")");
    }

    /** Returns the newest entry of a kind about a run. */
    public Optional<Entry> newest(Kind kind, String runId) {
        return entries.stream()
                .filter(entry -> entry.kind() == kind && entry.runId().equals(runId))
                .reduce((earlier, later) -> later);
    }

    /** Returns how many runs in a row were rejected since the last accepted run, publication or rollback. */
    public int rejectedInARow() {
        Set<String> rejected = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.kind() == Kind.COMPARE && !entry.accepted()) {
                rejected.add(entry.runId());
            } else if (entry.kind().isAboutRun() && entry.kind() != Kind.TRAIN) {
                rejected.clear();
            }
        }
        return rejected.size();
    }

    /** Returns the runs that pruning has removed. */
    Set<String> pruned() {
        Set<String> runs = new HashSet<>();
        entries.forEach(entry -> runs.addAll(entry.pruned()));
        return runs;
    }

    /** Returns the runs whose versions exist, oldest first. */
    List<String> versions() {
        Set<String> trained = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry.kind() == Kind.TRAIN && entry.accepted()) {
                trained.add(entry.runId());
            }
        }
        trained.removeAll(pruned());
        return List.copyOf(trained);
    }

    /**
     * Returns the versions that pruning may remove, oldest first.
     *
     * @param keep number of newest versions to keep, besides the champion and the one before it
     * @param since versions that were trained, or were the champion, at this time or later are kept, too
     */
    List<String> removable(int keep) {
        List<String> versions = versions();
        Set<String> kept = new HashSet<>(versions.subList(Math.max(0, versions.size() - keep), versions.size()));
        champion().ifPresent(kept::add);
        previous().ifPresent(kept::add);
        return versions.stream().filter(run -> !kept.contains(run)).toList();
    }

    /** Requires that the champion is still the one that a run was compared with. */
    void requireChampion(Optional<String> expected, String runId) {
        if (!champion().equals(expected)) {
            throw new ConflictException("run \"%s\" was compared with %s, but the champion is now %s; compare it again"
                    .formatted(
                            runId,
                            expected.map(name -> "\"" + name + "\"").orElse("no champion"),
                            champion().map(name -> "\"" + name + "\"").orElse("none")));
        }
    }

    /** Requires that a run was accepted against the champion and never published. */
    void requireAccepted(String runId) {
        if (newest(Kind.PUBLISH, runId).isPresent()) {
            throw new UsageException(
                    "run \"%s\" was published before and replaced; publish it with --force if you want it again"
                            .formatted(runId));
        }
        Entry verdict = newest(Kind.COMPARE, runId)
                .orElseThrow(() -> new UsageException(
                        "run \"%s\" was not compared with the champion; run registry compare first, or publish with --force"
                                .formatted(runId)));
        if (!verdict.accepted()) {
            throw new UsageException("run \"%s\" was rejected (%s); publish it with --force if you want it nevertheless"
                    .formatted(runId, String.join("; ", verdict.reasons())));
        }
        requireChampion(verdict.champion(), runId);
    }

    /** Returns the runs that were trained; "none" if there are none. */
    List<String> trained() {
        List<String> runs = entries.stream()
                .filter(entry -> entry.kind() == Kind.TRAIN && entry.accepted())
                .map(Entry::runId)
                .distinct()
                .toList();
        return runs.isEmpty() ? List.of("none") : runs;
    }
}
