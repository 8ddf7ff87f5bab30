/**
 * What a run is, as data with its JSON form: the run spec, fault plans, claims. Start with {@link
 * dev.faultline.spec.RunSpec} and {@link dev.faultline.spec.FaultPlan}. Knows nothing that runs:
 * carrying faults out is the environments' work.
 */
@NullMarked
package dev.faultline.spec;

import org.jspecify.annotations.NullMarked;
