package io.github.sparklatent.app.files;

import io.github.sparklatent.cluster.storage.HeldException;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.ml.core.ResultLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A result that is written beside its place, to {@code .NAME.staging-RUN}, and then renamed. The old result is renamed
 * to {@code .NAME.old} first. Between the two renames readers use the old result there, and after a kill the next run
 * restores it.
 */
final class RenamedResult extends Publication {
    private static final Logger LOG = LoggerFactory.getLogger(RenamedResult.class);

    private final boolean overwrite;
    private final Path staging;
    private final Path old;

    RenamedResult(Place place, boolean overwrite) {
        super(place);
        this.overwrite = overwrite;
        this.staging = place.staging();
        this.old = ResultLocation.old(target);
    }

    @Override
    void requireReplaceable() throws IOException {
        Path there = files.exists(target) ? target : old;
        boolean occupied = isOccupied(there);
        if (occupied) {
            requireNoVersions();
            if (!isComplete(there)) {
                throw foreign();
            }
        }
        if (files.exists(there) && !overwrite) {
            throw new ResultExistsException(
                    place.shown() + " exists; set output.overwrite = true to replace it, or set another" + " path");
        }
    }

    @Override
    void recover(Held lock) throws IOException {
        super.recover(lock);
        if (files.exists(old) && !files.exists(target)) {
            LOG.warn("restoring {}, which a killed run had renamed", target);
            place.atomic().rename(old, target);
        }
    }

    @Override
    Path directory() {
        return staging;
    }

    @Override
    void begin() throws IOException {
        files.mkdirs(staging);
    }

    @Override
    void commit(Held lock) throws IOException {
        requireReplaceable();
        if (!files.exists(staging)) {
            throw new HeldException("another run has taken the output over and removed " + staging);
        }
        boolean replaces = files.exists(target);
        if (replaces) {
            files.delete(old, true); // the result before the last one, of a run killed late
            lock.require();
            place.atomic().rename(target, old);
        }
        try {
            place.atomic().rename(staging, target);
        } catch (IOException e) {
            if (replaces) {
                place.atomic().rename(old, target);
            }
            throw e;
        }
    }

    @Override
    void clean() throws IOException {
        // A run that was suspended before its last step may just have moved this run's result there, to put it back.
        try (InputStream in = files.open(new Path(target, ResultLocation.SUCCESS))) {
            if (new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(place.run())) {
                remove(old);
            }
        }
    }

    @Override
    void abandon() {
        remove(staging);
    }

    @Override
    Path result() {
        return target;
    }
}
