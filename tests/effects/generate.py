#!/usr/bin/env python3
"""Makes random networks and records what a reference model of the method says about them.

    python3 generate.py path/to/effect_graph.py > random.json

The reference model is not part of this repository; the recorded answers are, so that the tests need neither it nor
this script. Every number comes from one seed: the same script gives the same file.
"""

import importlib.util
import json
import random
import sys

COUNT = 1000
KINDS = ("conversation", "recruitment", "echo", "state")
VIA = ("self", "platform", "human", "bot")


def load(path):
    spec = importlib.util.spec_from_file_location("effect_graph", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["effect_graph"] = module
    spec.loader.exec_module(module)
    return module


def random_network(dice, reference):
    size = dice.randint(1, 6)
    rules = [f"r{number}" for number in range(size)]
    hops = []
    for _ in range(dice.randint(1, 2 * size + 2)):
        via = dice.choice(VIA)
        person = 0.0 if via == "bot" else dice.choice((0.05, 0.15, 0.3, 0.5, 0.85, 1.0))
        bot = max(person, dice.choice((0.0, 1.0))) if via in ("human", "bot") else person
        hops.append(
            reference.Hop(
                dice.choice(rules), dice.choice(rules), dice.choice(KINDS), via, person, bot,
                dice.choice((1.0, 1.0, 1.0, 3.0, 100.0)),
                tuple(guard for guard in sorted(reference.BREAKS) if dice.random() < 0.04),
            )
        )
    base = {rule: dice.choice((1.0, 5.0, 20.0, 50.0)) for rule in rules if dice.random() < 0.7}
    cap = {rule: dice.choice((10.0, 60.0, 600.0)) for rule in rules if dice.random() < 0.2}
    slow = dice.random() < 0.15
    return reference.Composition(
        "", "", "", rules, hops, base, cap,
        delay_days=float(dice.choice((7, 60))) if slow else 0.0,
        items=float(dice.choice((30, 600))) if slow else float("inf"),
    )


def record(composition, reference):
    verdict, worst, typical, rates = reference.judge(composition)
    number = {rule: index for index, rule in enumerate(composition.rules)}
    return {
        "size": len(composition.rules),
        "hops": [
            [number[hop.source], number[hop.target], hop.kind, hop.via, hop.p_human, hop.p_bot, hop.multiplicity,
             list(hop.guards)]
            for hop in composition.hops
        ],
        "base": [composition.base.get(rule, 0.0) for rule in composition.rules],
        "cap": [composition.cap.get(rule) for rule in composition.rules],
        "slow": [composition.delay_days, composition.items] if composition.delay_days else None,
        "verdict": verdict,
        "worst": round(worst, 9),
        "typical": round(typical, 9),
        "firings": [None if rates[rule] == float("inf") else round(rates[rule], 9) for rule in composition.rules],
    }


def main():
    reference = load(sys.argv[1])
    dice = random.Random(20240229)
    print("[")
    for index in range(COUNT):
        line = json.dumps(record(random_network(dice, reference), reference))
        print(line + ("," if index + 1 < COUNT else ""))
    print("]")


if __name__ == "__main__":
    main()
