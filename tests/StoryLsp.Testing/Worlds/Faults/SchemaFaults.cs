using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>Faults against schemas, the shipped ones and a writer's own.</summary>
internal static class SchemaFaults
{
    private const string Ship = """
        schema: ship
        extends: location
        additional: MORE
        fields:
          hull: {type: enum, options: [wood, iron, grown]}
          captain: {type: reference, target: character, required: true}
          decks: {type: integer, min: 1, max: 40}
          masts: {type: list, of: {type: string}, maxItems: 3}
          sails: {type: boolean}
          burden: {type: number}
          code: {type: string, pattern: "^[A-Z]{2}[0-9]+$"}
          rigging: {type: string, deprecated: true}

        """;

    public static IEnumerable<RuleFaults> All() =>
    [
        new RuleFaults("schema/invalid")
            .Fault("a type of field that there is not", world => Schema(world, "schema: engine\nfields:\n  power: {type: " + Mark("intger") + "}\n"))
            .Fault("a parent that there is not", world => Schema(world, "schema: engine\nextends: " + Mark("machin") + "\nfields:\n  power: {type: integer}\n"))
            .Fault("fields that are no mapping", world => Schema(world, "schema: engine\nfields: " + Mark("power and speed") + "\n"))
            .Fault("an enum without options", world => Schema(world, "schema: engine\nfields:\n  " + Mark("fuel: {type: enum}") + "\n"))
            .Fault("a strictness that there is not", world => Schema(world, "schema: engine\nadditional: " + Mark("sometimes") + "\nfields:\n  power: {type: integer}\n"))
            .Decoy("one that is right", world => Schema(world, Ship.Replace("MORE", "deny", StringComparison.Ordinal)))
            .Decoy("one with is_secret", world => Schema(world, "schema: engine\nfields:\n  power: {type: integer, is_secret: true}\n")),
        new RuleFaults("schema/unknown-type")
            .Fault("near a type", world => world.Extra.Add(new("world/one.yaml", "type: " + Mark("charcter") + "\nname: The bishop\n")))
            .Fault("near no type", world => world.Extra.Add(new("world/one.yaml", "type: " + Mark("zeppelin") + "\nid: zeppelin-one\nname: The airship\n")))
            .Fault("in front matter", world => world.Extra.Add(new("world/one.md", "---\ntype: " + Mark("loction") + "\nname: The lake\n---\n\nDeep.\n")))
            .Fault("in a second document", world => world.Extra.Add(new("world/two.yaml", "type: item\nname: Bucket\n---\ntype: " + Mark("itme") + "\nname: Shovel\n")))
            .Decoy("in other letters", world => world.Extra.Add(new("world/one.yaml", "type: Character\nname: The bishop\n")))
            .Decoy("one of your own", world =>
            {
                Schema(world, Ship.Replace("MORE", "warn", StringComparison.Ordinal));
                world.Extra.Add(new("world/ship.yaml", $"type: ship\nname: Corisande\ncaptain: {Quoted(world)}\n"));
            }),
        new RuleFaults("schema/unknown-field")
            .Fault("near a field of a scene", world =>
            {
                var scene = One(world, world.Scenes.Where(scene => scene.Container.Has("location") && scene.IsLinear), "a scene");
                Rename(scene.Container, "location", world.Dice.Pick("locaton", "loction", "lcoation"));
            })
            .Fault("near synopsis", world => Rename(One(world, world.Scenes.Where(scene => scene.Container.Has("synopsis")), "a scene").Container, "synopsis", world.Dice.Pick("synopsys", "synposis")))
            .Fault("near a field of a character", world => Rename(One(world, world.People.Where(person => person.Container.Has("occupation")), "a character").Container, "occupation", world.Dice.Pick("ocupation", "occupatoin")))
            .Fault("near a field of a fact", world => Rename(world.Facts[3].Container, "statement", world.Dice.Pick("statment", "satement")))
            .Fault("in a schema that warns", world => Sail(world, "warn", Mark("colour") + ": blue"))
            .Fault("in a schema that denies", world => Sail(world, "deny", Mark("colour") + ": blue"))
            .Decoy("a field of your own", world => world.Dice.Pick(world.Scenes).Container.Add("mood", "grim"))
            .Decoy("near a field that is there", world => world.Dice.Pick(world.Scenes).Container.Add("locations", "none but this"))
            .Decoy("used more than once", world =>
            {
                world.People[0].Container.Add("trait", "tidy");
                world.People[1].Container.Add("trait", "vain");
            })
            .Decoy("near a short field", world => One(world, world.Scenes.Where(scene => !scene.Container.Has("use")), "a scene").Container.Add("povs", "one")),
        new RuleFaults("schema/missing-field")
            .Fault("a captain", world => Missing(world, "warn", "hull: wood"))
            .Fault("a captain, and nothing else either", world => Missing(world, "allow", "decks: 2"))
            .Fault("in front matter", world =>
            {
                Schema(world, Ship.Replace("MORE", "allow", StringComparison.Ordinal));
                world.Extra.Add(new("world/ship.md", Mark("---\ntype: ship\nname: Corisande\nhull: iron\n---") + "\n\nShe leaks.\n"));
            })
            .Decoy("it is there", world => Sail(world, "deny", "hull: iron")),
        new RuleFaults("schema/wrong-type")
            .Fault("words for a number of words", world => world.Dice.Pick(world.Scenes).Container.Set("target_words", Mark(world.Dice.Pick("many", "about 900", "a thousand"))))
            .Fault("below the least", world => world.Dice.Pick(world.Scenes).Container.Set("target_words", new Raw(Mark("-200"))))
            .Fault("neither true nor false", world => Need(world.Clues.FirstOrDefault().Container, "a clue").Set("essential", Mark(world.Dice.Pick("maybe", "sometimes", "3"))), options => options with { Scenes = Math.Max(12, options.Scenes) })
            .Fault("a way of no length", world => world.Places[0].Container.Set("routes", Node.Lines(Node.Flow(("to", world.Places[^1].Id), ("time", Mark(world.Dice.Pick("quite long", "PT5X", "soon")))))), options => options with { Ids = true })
            .Fault("above the most", world => Sail(world, "warn", "decks: " + Mark("400")))
            .Fault("not in the pattern", world => Sail(world, "warn", "code: " + Mark("xy-12")))
            .Fault("too many", world => Sail(world, "warn", "masts: " + Mark("[fore, main, mizzen, jigger]")))
            .Fault("a list for a number", world => Sail(world, "warn", "burden: " + Mark("[1, 2]")))
            .Fault("a word for true or false", world => Sail(world, "allow", "sails: " + Mark("torn")))
            .Decoy("a title that is a number", world => world.Extra.Add(new("world/one.yaml", "type: note\ntitle: 1984\ndescription: 7\n")))
            .Decoy("one for a list of one", world => Sail(world, "warn", "masts: main"))
            .Decoy("just the most", world => Sail(world, "warn", "decks: 40")),
        new RuleFaults("schema/not-an-option")
            .Fault("a time of day that there is not", world => world.Dice.Pick(world.Scenes).Container.Set("time_of_day", Mark(world.Dice.Pick("supper", "nihgt", "late", "evenings"))))
            .Fault("a timeline that there is not", world => One(world, world.Linear, "a scene").Container.Set("timeline", Mark(world.Dice.Pick("sideways", "linaer", "straight"))))
            .Fault("a size that there is not", world => Shot(world).Set("size", Mark(world.Dice.Pick("XXL", "CUU", "HUGE"))))
            .Fault("an option of your own", world => Sail(world, "warn", "hull: " + Mark(world.Dice.Pick("woood", "glass", "steel"))))
            .Decoy("the right ones", world => world.Dice.Pick(world.Scenes).Container.Set("time_of_day", "day"), options => options with { Days = true, Scenes = 6, Exact = false }),
        new RuleFaults("schema/deprecated")
            .Fault("rigging", world => Sail(world, "warn", Mark("rigging: square")))
            .Fault("rigging, with more", world => Sail(world, "deny", "decks: 3\n" + Mark("rigging: lateen")))
            .Decoy("without it", world => Sail(world, "deny", "decks: 3")),
    ];

    private static void Schema(World world, string text) => world.Extra.Add(new("schemas/own.yaml", text));

    private static string Quoted(World world) => "\"" + world.People[0].Name + "\"";

    private static void Sail(World world, string strictness, string line)
    {
        Schema(world, Ship.Replace("MORE", strictness, StringComparison.Ordinal));
        world.Extra.Add(new("world/ship.yaml", $"type: ship\nname: Corisande\ncaptain: {Quoted(world)}\n{line}\n"));
    }

    private static void Missing(World world, string strictness, string line)
    {
        Schema(world, Ship.Replace("MORE", strictness, StringComparison.Ordinal));
        world.Extra.Add(new("world/ship.yaml", Mark($"type: ship\nname: Corisande\n{line}") + "\n"));
    }

    private static void Rename(Container entry, string key, string to)
    {
        var at = entry.Fields.FindIndex(field => field.Key == key);
        entry.Fields[at] = new(Mark(to), entry.Fields[at].Value);
    }

    private static Container Shot(World world) => One(world, world.Others.Where(other => other.Type == "shot"), "a shot");
}
