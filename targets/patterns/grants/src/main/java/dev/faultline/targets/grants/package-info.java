/**
 * The pattern Lease with fencing, and five broken forms of it. Three roles: {@link
 * dev.faultline.targets.grants.LeaseServer} grants the lease, {@link
 * dev.faultline.targets.grants.Holder} asks for it and writes while it believes to hold it, {@link
 * dev.faultline.targets.grants.FencedLog} takes the writes. Where a broken form differs is in
 * {@link dev.faultline.targets.grants.Defect}; {@link dev.faultline.targets.grants.GrantsTarget}
 * puts it all under test.
 */
@NullMarked
package dev.faultline.targets.grants;

import org.jspecify.annotations.NullMarked;
