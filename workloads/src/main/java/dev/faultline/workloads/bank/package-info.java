/**
 * Money transferred between accounts; judged by the sum of all. Start with {@link
 * dev.faultline.workloads.bank.BankWorkload}.
 */
@NullMarked
package dev.faultline.workloads.bank;

import org.jspecify.annotations.NullMarked;
