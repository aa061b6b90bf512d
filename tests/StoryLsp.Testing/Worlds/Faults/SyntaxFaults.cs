using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>Faults of YAML, of front matter, and of suppressions.</summary>
internal static class SyntaxFaults
{
    public static IEnumerable<RuleFaults> All() =>
    [
        new RuleFaults("yaml/syntax")
            .Fault("a colon in a plain value", world => Anywhere(world).Set("synopsis", new Raw(Mark("Part two: the long way round"))))
            .Fault("a value that begins with @", world => Anywhere(world).Set("notes", new Raw(Mark("@" + world.People[0].Given.ToLowerInvariant()))))
            .Fault("a tab for indentation", world => Anywhere(world).Add("tags", new Raw("\n" + Mark("\t- wet")))) // A tab where YAML wants blanks.
            .Fault("a list that is never closed", world => Anywhere(world).Add("tags", new Raw(Mark("[wet, cold"))))
            .Fault("a quote that is never closed", world => Last(world).Add("notes", new Raw(Mark("\"and so it went on"))))
            .Fault("a value that begins with a backtick", world => Anywhere(world).Add("notes", new Raw(Mark("`later` perhaps"))))
            .Decoy("a colon in quotes", world => Anywhere(world).Set("synopsis", new Raw("\"Part two: the long way round\"")))
            .Decoy("a colon without a blank", world => Anywhere(world).Set("notes", new Raw("see https://example.org/a:b and 21:30")))
            .Decoy("a hash in a word", world => Anywhere(world).Set("notes", new Raw("C#minor and room#12"))),
        new RuleFaults("yaml/duplicate-key")
            .Fault("a field of a scene", world => Again(world, world.Dice.Pick(world.Scenes).Container))
            .Fault("a field of an entry", world => Again(world, world.Dice.Pick(world.People).Container))
            .Fault("a field of a place or thing", world => Again(world, world.Dice.Pick(world.Places[1].Container, world.Facts[0].Container, world.Items[0].Container)))
            .Fault("a new field twice", world =>
            {
                var entry = Anywhere(world);
                entry.Add("mood", "grim");
                entry.Add(Mark("mood"), "merry");
            })
            .Decoy("the same key in two mappings", world => Anywhere(world).Add("moods", Node.Lines(Node.Flow(("at", "dawn"), ("mood", "grim")), Node.Flow(("at", "dusk"), ("mood", "grim"))))),
        new RuleFaults("markdown/front-matter")
            .Fault("never closed", world => world.Extra.Add(new("notes/loose.md", Mark("---\ntitle: Loose ends") + "\ntags: [draft]\n\nWhat is still to do.\n")))
            .Fault("closed with two dashes", world => world.Extra.Add(new("notes/loose.md", Mark("---\ntitle: Loose ends") + "\n--\n\nWhat is still to do.\n")))
            .Fault("never closed in a character's note", world => world.Extra.Add(new("people/bishop.md", Mark("---\ntype: character") + "\nname: The bishop\n\nHe comes once a year.\n")))
            .Decoy("a rule above prose", world => world.Extra.Add(new("notes/loose.md", "---\n\nWhat is still to do.\n\n---\n\nAnd what is not.\n")))
            .Decoy("words between rules", world => world.Extra.Add(new("notes/loose.md", "---\nWhat is still to do.\n---\n\nAnd what is not.\n")))
            .Decoy("empty front matter", world => world.Extra.Add(new("notes/loose.md", "---\n---\n\nWhat is still to do.\n"))),
        new RuleFaults("lint/unused-ignore")
            .Fault("in prose", world => Comment(world, "<!-- story-ignore: " + world.Dice.Pick("ref/unresolved", "ref/broken-path", "ref/ambiguous") + " she means it -->", true))
            .Fault("above a field", world => Anywhere(world, own: true).Head.Add(Mark("# story-ignore: ref/unresolved comes later")), options => options with { Entries = EntryLayout.Files })
            .Fault("for a file", world => world.Extra.Add(new("notes/loose.md", Mark("<!-- story-ignore-file: ref/unresolved old notes -->") + "\n\nWhat is still to do.\n")))
            .Decoy("one that suppresses", world => world.Dice.Pick(world.Scenes).Prose.Add("<!-- story-ignore: ref/unresolved she means it -->\nThere was a [[house that nobody knows]] on the hill."))
            .Decoy("one for a file that suppresses", world => world.Extra.Add(new("notes/loose.md", "<!-- story-ignore-file: ref/unresolved old notes -->\n\nSee [[house that nobody knows]].\n"))),
    ];

    private static Container Anywhere(World world, bool own = false) => world.Dice.Percent(50) && !own
        ? world.Dice.Pick(world.Scenes).Container
        : world.Dice.Pick([.. world.People.Select(person => person.Container), .. world.Items.Select(item => item.Container), .. world.Facts.Select(fact => fact.Container)]);

    private static Container Last(World world) => world.Options.Layout == SceneLayout.Files ? world.Dice.Pick(world.Scenes).Container : throw new UnfitException("a file that ends there");

    private static void Again(World world, Container entry)
    {
        var field = One(world, entry.Fields.Where(field => field.Value is Scalar), "a field");
        entry.Add(Mark(field.Key), field.Value);
    }

    private static void Comment(World world, string comment, bool mark) => world.Dice.Pick(world.Scenes).Prose.Add((mark ? Mark(comment) : comment) + "\nNothing else was said about it.");
}
