using System.Globalization;
using System.Text;
using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>Faults of names in prose.</summary>
internal static class NameFaults
{
    private const string Filler =
        "Nothing moved in the yard. The rain came down as it had come down all week, in long straight lines, and the gutters talked about it. Somebody had left a bucket under the " +
        "spout. It had been full for hours. A hen stood on one leg beside it and then, after some thought, on the other. The smoke from the kitchen went up as far as the roof and lay " +
        "down there. On the far side of the wall a gate was being opened and shut, opened and shut, by nobody. There was a light in the pantry. There was none on the stair. The clock " +
        "had been wound, for it could be heard, but it could not be believed. All the chairs had been pushed back from the table at the same time, and one of them had fallen over. No " +
        "one had picked it up. A single glove lay on the sill with its fingers folded under, as if it had been asked to wait. The bread was cold. The butter had gone soft at the edges. " +
        "Under the lamp was a ring where the lamp had stood before, and under the ring the wood was paler, and in the pale wood there was a scratch that nobody had ever been able to " +
        "account for. The rain went on. Toward evening the wind would drop, as it always did, and then one would be able to hear the water over the weir, and the trains, if there were any.";

    public static IEnumerable<RuleFaults> All() => [Drift(), Unknown(), Ambiguous(), TooEarly(), .. Cast(), Confusable()];

    private static RuleFaults Drift()
    {
        var rule = new RuleFaults("name/drift");
        foreach (var kind in Misspelling.Kinds)
        {
            rule.Fault($"a given name, {kind}", world => Slip(world, kind, person => person.Given, "By then {0} had gone up without a light."));
            rule.Fault($"a family name, {kind}", world => Slip(world, kind, person => person.Family, "The door had been left to {1} {0} in the will of the carpenter."));
        }

        rule.Fault("in a possessive", world => Slip(world, "swap", person => person.Given, "It was {0}'s turn to see to the fire."))
            .Fault("in a curly possessive", world => Slip(world, "drop", person => person.Given, "It was {0}’s turn to see to the fire."))
            .Fault("in dialogue", world => Slip(world, "double", person => person.Given, "\"You can tell {0} that the boat is gone.\""))
            .Fault("behind an honorific", world => Slip(world, "change", person => person.Family, "They had sent for Mrs. {0}, and nobody came."))
            .Fault("two letters of a long name", TwoSlips)
            .Fault("only the accents", world =>
            {
                var person = One(world, world.People.Where(person => Plain(person.Given) != person.Given && person.Given.Length >= 5), "an accented name");
                Plant(world, person, person.Given, Plain(person.Given), "By then {0} had gone up without a light.");
            });
        return rule
            .Decoy("the plural of a family", world => Say(world, Scene(world, out var person), $"There had been {Plural(person.Family)} in the valley before there were roads."))
            .Decoy("a possessive", world => Say(world, Scene(world, out var person), $"It was {person.Given}'s turn, and then {person.Given}’s again."))
            .Decoy("ordinary words at the start", world => Say(world, Scene(world, out _), "Roses stood in a jar. Marks were left on the floor. Would it end? Hopes were low. Friday came. March was wet."))
            .Decoy("a name that is another's", world =>
            {
                var person = One(world, world.People.Where(person => person.Family.Length >= 6 && !person.Family.Contains('\'', StringComparison.Ordinal)), "a long name");
                var twin = Need(Misspelling.Of(person.Family, "change", world.Dice), "a slip");
                var stranger = Stranger(world, "Ottilie", twin);
                Join(world, One(world, world.Linear, "a scene"), stranger, false);
            })
            .Decoy("a word to be ignored", world =>
            {
                var person = One(world, world.People.Where(person => person.Family.Length >= 6 && !person.Family.Contains('\'', StringComparison.Ordinal)), "a long name");
                var slip = Need(Misspelling.Of(person.Family, "drop", world.Dice), "a slip");
                world.Settings.Add($"names: {{ignore: [{slip}]}}");
                Say(world, world.Dice.Pick(world.Scenes), $"On the sign it said {slip} in gold letters.");
            })
            .Decoy("in code, in a comment, in the target of a link", world =>
            {
                var person = One(world, world.People.Where(person => person.Family.Length >= 6 && person.Family.All(char.IsLetter)), "a long name");
                var slip = Need(Misspelling.Of(person.Family, "double", world.Dice), "a slip");
                Say(world, world.Dice.Pick(world.Scenes), $"On the card stood `{slip}`. <!-- {slip} again --> There was [an address](https://example.org/{slip}) too.");
            })
            .Decoy("a word of four letters by itself", world => Say(world, Scene(world, out _), "The old horse was called Adda by the children, or so it was said."))
            .Decoy("capitals in a heading of dialogue", world => Say(world, Scene(world, out var person), $"\"{person.Given.ToUpperInvariant()}!\" came the voice from below."));
    }

    private static Scene Scene(World world, out Person person)
    {
        var scene = One(world, world.Linear, "a scene");
        person = world.Dice.Pick(scene.Cast);
        return scene;
    }

    private static string Plural(string name) => name.EndsWith('s') || name.EndsWith('z') ? name + "es" : name + "s";

    private static void Slip(World world, string kind, Func<Person, string> part, string sentence)
    {
        var person = One(world, Known(world).Where(person => part(person).Length >= 5 && part(person).All(char.IsLetter)), "a long name");
        var slip = Need(Misspelling.Of(part(person), kind, world.Dice), "a slip");
        if (slip.Length < 5)
        {
            throw new UnfitException("a slip of five letters");
        }

        Plant(world, person, part(person), slip, sentence);
    }

    /// <summary>Those whose names stand in prose or in fields more often than a slip.</summary>
    private static IEnumerable<Person> Known(World world) => world.People.Where(person => world.Scenes.Count(scene => scene.Cast.Contains(person)) >= 2);

    private static void TwoSlips(World world)
    {
        var part = One(world, Known(world).SelectMany(person => new[] { (person, part: person.Family), (person, part: person.Given) }).Where(one => one.part.Length >= 9 && one.part.All(char.IsLetter)), "a name of nine letters");
        var once = Need(Misspelling.Of(part.part, "change", world.Dice), "a slip");
        var twice = Need(Misspelling.Of(once, "double", world.Dice), "a second slip");
        Plant(world, part.person, part.part, twice, "By then {0} had gone up without a light.");
    }

    private static void Plant(World world, Person person, string right, string wrong, string sentence)
    {
        if (world.People.Exists(other => other.Given == wrong || other.Family == wrong) || string.Equals(wrong, right, StringComparison.Ordinal))
        {
            throw new UnfitException("another name");
        }

        var scene = One(world, world.Scenes.Where(scene => scene.Cast.Contains(person)), "a scene");
        Say(world, scene, string.Format(CultureInfo.InvariantCulture, sentence, Mark(wrong), person.Given));
    }

    internal static string Plain(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Replace('ø', 'o');

    private static RuleFaults Unknown() => new RuleFaults("name/unknown-name") { MayRepeat = true }
        .Fault("a full name twice", world => Twice(world, $"A man had been asking for {Mark("Barnaby Thwaite")} at the gate.", $"Nobody knew where {Mark("Barnaby Thwaite")} had gone."))
        .Fault("a given name twice", world => Twice(world, $"The letter was from {Mark("Thaddeus")}, as they all were.", $"{Mark("Thaddeus")} had enclosed a stamp."))
        .Fault("a place in two scenes", world =>
        {
            Say(world, world.Scenes[0], $"They had come by way of {Mark("Gorslow")} in the dark.");
            Say(world, world.Scenes[^1], $"There was no train to {Mark("Gorslow")} any more.");
        })
        .Decoy("once", world => Say(world, world.Dice.Pick(world.Scenes), "They had come by way of Gorslow in the dark."))
        .Decoy("at the start of sentences alone", world => Twice(world, "Butter was short. Candles were shorter.", "Butter had been short for weeks. Candles as well."))
        .Decoy("to be ignored", world =>
        {
            world.Settings.Add("names: {ignore: [Gorslow]}");
            Twice(world, "They had come by way of Gorslow in the dark.", "There was no train to Gorslow any more.");
        })
        .Decoy("days and months", world => Twice(world, "It would be better on Tuesday, or in September.", "By Tuesday it was worse, and September was over."));

    private static void Twice(World world, string first, string second)
    {
        var scene = world.Dice.Pick(world.Scenes);
        Say(world, scene, first);
        Say(world, scene, second);
    }

    private static RuleFaults Ambiguous() => new RuleFaults("name/ambiguous-alias")
        .Fault("neither is there", world =>
        {
            Pair(world, "Skipper", out _, out _);
            Say(world, One(world, world.Linear, "a scene"), $"It was for {Mark("Skipper")} to say when they would leave.");
        })
        .Fault("both are there", world =>
        {
            Pair(world, "Skipper", out var one, out var two);
            var scene = One(world, world.Linear, "a scene");
            Join(world, scene, one, false);
            Join(world, scene, two, false);
            Say(world, scene, $"It was for {Mark("Skipper")} to say when they would leave.");
        })
        .Fault("in a possessive", world =>
        {
            Pair(world, "Bluebell", out _, out _);
            Say(world, One(world, world.Linear, "a scene"), $"Nobody touched {Mark("Bluebell")}’s coat.");
        })
        .Decoy("one is there", world =>
        {
            Pair(world, "Skipper", out var one, out _);
            var scene = One(world, world.Linear, "a scene");
            Join(world, scene, one, false);
            Say(world, scene, "It was for Skipper to say when they would leave.");
        });

    private static void Pair(World world, string alias, out Person one, out Person two)
    {
        one = Stranger(world, "Ottilie", "Crabtree");
        two = Stranger(world, "Wilhelmina", "Dunstable");
        one.Container.Set("aliases", Node.List(alias));
        two.Container.Set("aliases", Node.List(alias));
    }

    private static RuleFaults TooEarly() => new RuleFaults("name/alias-too-early")
        .Fault("in prose", world => Early(world, "It was {0} who had the key.", before: true))
        .Fault("in dialogue", world => Early(world, "\"Ask {0} about it,\" said somebody.", before: true))
        .Fault("in a possessive", world => Early(world, "There were {0}'s boots by the fire.", before: true))
        .Decoy("late enough", world => Early(world, "It was {0} who had the key.", before: false));

    private static void Early(World world, string sentence, bool before)
    {
        var linear = world.Linear.ToList();
        var from = linear[linear.Count * 2 / 3];
        var scene = One(world, linear.Where(scene => before ? scene.Index < from.Index : scene.Index >= from.Index), "a scene");
        var person = One(world, scene.Cast.Where(person => person.Alias is null), "somebody without an alias");
        person.Container.Set("aliases", Node.List("Nightjar"));
        person.Container.Set("matching", Node.Block(("aliases_from", world.Ref(from.Container))));
        Say(world, scene, string.Format(CultureInfo.InvariantCulture, sentence, before ? Mark("Nightjar") : "Nightjar"));
    }

    private static IEnumerable<RuleFaults> Cast() =>
    [
        new RuleFaults("name/cast-missing") { MayRepeat = true }
            .Fault("by the given name", world => Uncast(world, person => person.Given))
            .Fault("by the full name", world => Uncast(world, person => person.Name))
            .Fault("in a possessive", world => Uncast(world, person => person.Given, "’s"))
            .Decoy("talked about", world =>
            {
                var (scene, person) = Absent(world);
                scene.Container.Append("mentions", world.Ref(person.Container));
                Say(world, scene, $"They spoke of {person.Given} for an hour.");
            })
            .Decoy("an ordinary word", world => Say(world, One(world, world.Linear, "a scene"), "Will it hold? Hope so. Mark the place with a stone. A rose is enough.")),
        new RuleFaults("name/cast-unused")
            .Fault("a long scene without them", world => Silent(world, Filler, mark: true))
            .Fault("a long scene in two paragraphs", world => Silent(world, Filler.Replace(" A single", "\n\nA single", StringComparison.Ordinal), mark: true))
            .Decoy("a short scene", world => Silent(world, "", mark: false))
            .Decoy("named in a possessive", world =>
            {
                var (scene, person) = Absent(world);
                scene.Container.Append("characters", world.Ref(person.Container));
                Say(world, scene, $"All of this was {person.Given}’s doing.");
                scene.Prose.Add(Filler);
            }),
    ];

    private static (Scene Scene, Person Person) Absent(World world)
    {
        var scene = One(world, world.Linear, "a scene");
        var person = One(world, world.People.Take(world.People.Count - 2).Where(person =>
            !scene.Cast.Contains(person) && !scene.Mentions.Contains(person) && WorldBuilder.IsAlive(world, person, scene.Index) && person != world.People[2]), "somebody absent");
        return (scene, person);
    }

    private static void Uncast(World world, Func<Person, string> name, string ending = "")
    {
        var (scene, person) = Absent(world);
        Say(world, scene, $"For an hour they had waited for {Mark(name(person))}{ending}{(ending.Length > 0 ? " answer" : "")}.");
    }

    private static void Silent(World world, string filler, bool mark)
    {
        var (scene, person) = Absent(world);
        scene.Container.Append("characters", mark ? Marked(world, person.Container) : world.Ref(person.Container));
        if (filler.Length > 0)
        {
            scene.Prose.Add(filler);
        }
    }

    private static RuleFaults Confusable() => new RuleFaults("name/confusable")
        .Fault("single names", world => Near(world, "Nella", "", "Nelly", ""))
        .Fault("of one family", world => Near(world, "Nella", "Crabtree", "Nelly", "Crabtree"))
        .Fault("two letters", world => Near(world, "Corwin", "", "Corvil", ""))
        .Decoy("another initial", world => Near(world, "Nella", "", "Della", "", false))
        .Decoy("not in one scene", world =>
        {
            Join(world, world.Scenes[0], Stranger(world, "Nella", ""), false);
            Join(world, world.Scenes[1], Stranger(world, "Nelly", ""), false);
        });

    private static void Near(World world, string given, string family, string otherGiven, string otherFamily, bool mark = true)
    {
        var (one, two) = (Stranger(world, given, family), Stranger(world, otherGiven, otherFamily));
        var scene = One(world, world.Linear, "a scene");
        foreach (var person in new[] { one, two })
        {
            Join(world, scene, person, mark);
            if (mark)
            {
                person.Container.Name = Mark(person.Container.Name);
            }
        }
    }
}
