package dev.faultline.dist;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks through the bytecode of node classes, and of all of ours that they use. */
final class NodeLint {
  private static final String OURS = "dev.faultline.";

  /** The real world's side of the kit, which no node sees. */
  private static final String PROCESS = "dev.faultline.node.process";

  private NodeLint() {}

  /** Something that node code must not do. */
  record Finding(NodeRule rule, String place, String what) {
    @Override
    public String toString() {
      return place + ": " + what + "   → " + rule + ": use " + rule.instead();
    }
  }

  /** What is wrong with these classes and all that they reach. */
  static List<Finding> findings(Collection<JavaClass> roots) {
    List<Finding> findings = new ArrayList<>();
    for (JavaClass type : reachable(roots)) {
      calls(type, findings);
      statics(type, findings);
    }
    return findings;
  }

  /** These classes and those of ours that they use, as far as they were read. */
  static Set<JavaClass> reachable(Collection<JavaClass> roots) {
    Set<JavaClass> seen = new TreeSet<>(java.util.Comparator.comparing(JavaClass::getName));
    Deque<JavaClass> next = new ArrayDeque<>(roots);
    while (!next.isEmpty()) {
      JavaClass type = next.pop();
      boolean ours = type.getPackageName().startsWith(OURS) || type.getName().startsWith(OURS);
      if (ours && !type.getPackageName().equals(PROCESS) && seen.add(type)) {
        for (Dependency used : type.getDirectDependenciesFromSelf()) {
          next.push(used.getTargetClass().getBaseComponentType());
        }
      }
    }
    return seen;
  }

  private static void calls(JavaClass type, List<Finding> findings) {
    for (JavaAccess<?> access : type.getAccessesFromSelf()) {
      NodeRule.Call call = NodeRule.Call.of(access);
      for (NodeRule rule : NodeRule.values()) {
        if (rule.forbids(call)) {
          findings.add(
              new Finding(
                  rule,
                  access.getSourceCodeLocation().toString(),
                  access.getTarget().getFullName()));
          break;
        }
      }
    }
  }

  private static void statics(JavaClass type, List<Finding> findings) {
    for (JavaField field : type.getFields()) {
      Set<JavaModifier> modifiers = field.getModifiers();
      boolean shared =
          modifiers.contains(JavaModifier.STATIC) && !modifiers.contains(JavaModifier.SYNTHETIC);
      JavaClass kind = field.getRawType();
      boolean changes =
          !modifiers.contains(JavaModifier.FINAL)
              || kind.isArray()
              || NodeRule.isMutable(kind.getName());
      if (shared && changes) {
        findings.add(
            new Finding(
                NodeRule.MUTABLE_STATIC,
                field.getSourceCodeLocation().toString(),
                "static " + field.getFullName()));
      }
    }
  }
}
