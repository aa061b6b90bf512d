using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>Faults of references, links and ids.</summary>
internal static class ReferenceFaults
{
    public static IEnumerable<RuleFaults> All() =>
    [
        new RuleFaults("ref/unresolved")
            .Fault("somebody talked about", world => world.Dice.Pick(world.Scenes).Container.Append("mentions", Mark(world.Dice.Pick("nobody-at-all", "Barnaby Thwaite"))))
            .Fault("somebody present", world => world.Dice.Pick(world.Scenes).Container.Append("characters", Mark(world.Dice.Pick("nobody-at-all", "Barnaby Thwaite"))))
            .Fault("a place", world => One(world, world.Linear, "a scene").Container.Set("location", Mark(world.Dice.Pick("atlantis", "The Moon Base"))))
            .Fault("a link in prose", world => Say(world, world.Dice.Pick(world.Scenes), "It was all in [[" + Mark(world.Dice.Pick("the lost diary", "lost-diary")) + "]] if one could read it."))
            .Fault("a link with other words", world => Say(world, world.Dice.Pick(world.Scenes), "It was all in [[" + Mark("the lost diary") + "|an old book]] if one could read it."))
            .Fault("a link in quotes", world => world.Dice.Pick(world.Scenes).Container.Append("mentions", "[[" + Mark("Barnaby Thwaite") + "]]"))
            .Fault("a thread", world => world.Dice.Pick(world.Scenes).Container.Append("threads", Mark("the-parrot")))
            .Fault("a home", world => world.Dice.Pick(world.People).Container.Set("home", Mark("nowhere-hall")))
            .Fault("who knows", world => world.Facts[3].Container.Append("known_by", Mark("nobody-at-all")))
            .Decoy("in other letters", world => InOtherLetters(world.Dice.Pick(world.Scenes)), options => options with { Scenes = 6 })
            .Decoy("a file that exists", world => Say(world, world.Scenes[^1], $"It was written up in [[{world.Scenes[0].Container.Stem}]] already."), options => options with { Layout = SceneLayout.Files })
            .Decoy("in code", world => Say(world, world.Scenes[^1], "The card said `[[no such note]]` in small letters.")),
        new RuleFaults("ref/wrong-type")
            .Fault("a place talked about", world => world.Dice.Pick(world.Scenes).Container.Append("mentions", Marked(world, world.Places[^1].Container)))
            .Fault("a person for a place", world => One(world, world.Linear, "a scene").Container.Set("location", Marked(world, world.People[0].Container)))
            .Fault("a place for a home's owner", world => world.Items[4].Container.Set("owner", Marked(world, world.Places[^1].Container)))
            .Fault("an item among threads", world => world.Dice.Pick(world.Scenes).Container.Append("threads", Marked(world, world.Items[0].Container)))
            .Fault("a person for a home", world => world.Dice.Pick(world.People).Container.Set("home", Marked(world, world.People[1].Container)))
            .Fault("in quotes as a link", world => world.Dice.Pick(world.Scenes).Container.Append("mentions", "[[" + Mark(world.Items[1].Name) + "]]"))
            .Decoy("a type that extends it", world =>
            {
                world.Extra.Add(new("schemas/own.yaml", "schema: ship\nextends: location\nfields:\n  decks: {type: integer}\n"));
                world.Extra.Add(new("world/ship.yaml", "type: ship\nid: corisande\nname: Corisande\n"));
                world.People[0].Container.Set("home", "corisande");
            }),
        new RuleFaults("ref/ambiguous")
            .Fault("an alias of two", world =>
            {
                Twins(world, "The Nurse");
                world.Dice.Pick(world.Scenes).Container.Append("mentions", Mark("The Nurse"));
            })
            .Fault("a home by a name of two", world =>
            {
                world.Extra.Add(new("world/inns.yaml", "type: location\nid: inn-one\nname: Red Lion\n---\ntype: location\nid: inn-two\nname: Red Lion\n"));
                world.Dice.Pick(world.People).Container.Set("home", Mark("Red Lion"));
            })
            .Fault("an alias as a link", world =>
            {
                Twins(world, "Auntie");
                world.Dice.Pick(world.Scenes).Container.Append("mentions", "[[" + Mark("Auntie") + "]]");
            })
            .Decoy("another type", world =>
            {
                world.Extra.Add(new("world/inns.yaml", "type: location\nid: inn-one\nname: Red Lion\n---\ntype: item\nid: sign-one\nname: Red Lion\n"));
                world.Dice.Pick(world.People).Container.Set("home", "Red Lion");
            })
            .Decoy("by id", world =>
            {
                Twins(world, "The Nurse");
                world.Dice.Pick(world.Scenes).Container.Append("mentions", "agnes-one");
            }),
        new RuleFaults("ref/duplicate-id")
            .Fault("two of a type", world => Two(world, "type: item\nid: the-mirror\nname: Mirror\n", "type: item\nid: " + Mark("the-mirror") + "\nname: Looking glass\n"))
            .Fault("two of two types", world => Two(world, "type: item\nid: the-mirror\nname: Mirror\n", "type: thread\nid: " + Mark("the-mirror") + "\nname: What was seen\n"))
            .Fault("in one file", world => world.Extra.Add(new("world/glass.yaml", "type: item\nid: the-mirror\nname: Mirror\n---\ntype: item\nid: " + Mark("the-mirror") + "\nname: Looking glass\n")))
            .Fault("in front matter", world =>
            {
                world.Extra.Add(new("world/glass-a.yaml", "type: item\nid: the-mirror\nname: Mirror\n"));
                world.Extra.Add(new("world/glass-b.md", "---\ntype: item\nid: " + Mark("the-mirror") + "\nname: Looking glass\n---\n\nOld.\n"));
            })
            .Decoy("derived from two files", world =>
            {
                world.Extra.Add(new("world/a/mirror.yaml", "type: item\nname: Mirror in the hall\n"));
                world.Extra.Add(new("world/b/mirror.yaml", "type: item\nname: Mirror in the attic\n"));
            }),
        new RuleFaults("ref/broken-path")
            .Fault("no file", world => Say(world, world.Dice.Pick(world.Scenes), "She had drawn [a map](" + Mark("../maps/valley.md") + ") of it."))
            .Fault("no file beside it", world => world.Extra.Add(new("notes/plan.md", "See [the list](" + Mark("list.md") + ") first.\n")))
            .Fault("no heading", world =>
            {
                world.Extra.Add(new("notes/list.md", "# Things to do\n\nMany.\n"));
                world.Extra.Add(new("notes/plan.md", "See [the list](list.md#" + Mark("things-done") + ") first.\n"));
            })
            .Fault("a picture", world => Say(world, world.Dice.Pick(world.Scenes), "She had drawn [a map](" + Mark("../maps/valley.png") + ") of it."))
            .Decoy("a file and heading that are there", world =>
            {
                world.Extra.Add(new("notes/list.md", "# Things to do\n\nMany.\n"));
                world.Extra.Add(new("notes/plan.md", "See [the list](list.md#things-to-do) first, or [all](./list.md).\n"));
            })
            .Decoy("a web address", world => world.Extra.Add(new("notes/plan.md", "See [the list](https://example.org/list.md#nothing) first.\n"))),
    ];

    private static void Twins(World world, string alias) =>
        world.Extra.Add(new("world/nurses.yaml", $"type: character\nid: agnes-one\nname: Agnes Holroyd\naliases: [{alias}]\n---\ntype: character\nid: dorothy-one\nname: Dorothy Pumphrey\naliases: [{alias}]\n"));

    private static void Two(World world, string first, string second)
    {
        world.Extra.Add(new("world/glass-a.yaml", first));
        world.Extra.Add(new("world/glass-b.yaml", second));
    }

    // Where a scene is stays true; it is only written otherwise.
    private static void InOtherLetters(Scene scene) => scene.Container.Set("location", scene.Place.Name.ToLowerInvariant());
}
