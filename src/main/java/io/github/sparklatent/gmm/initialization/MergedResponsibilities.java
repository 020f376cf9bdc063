package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.model.Responsibilities;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Responsibilities of groups of components: each is the sum over the components of the group.
 *
 * @param parts responsibilities of the components
 * @param groups the group of each component, 0, 1, ... without gaps. Not to be modified.
 * @param components number of groups
 */
public record MergedResponsibilities(Responsibilities parts, int[] groups, int components) implements Responsibilities {
    @Override
    public Assigner assigner() {
        Assigner assigner = parts.assigner();
        DMatrixRMaj each = new DMatrixRMaj(0, 0);
        return (block, responsibilities, logLikelihoods) -> {
            assigner.assign(block, each, logLikelihoods);
            int n = block.size();
            responsibilities.reshape(components, n);
            Arrays.fill(responsibilities.data, 0, components * n, 0);
            for (int part = 0; part < groups.length; part++) {
                for (int i = 0; i < n; i++) {
                    responsibilities.data[groups[part] * n + i] += each.data[part * n + i];
                }
            }
        };
    }
}
