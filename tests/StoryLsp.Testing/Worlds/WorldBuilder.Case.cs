using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StoryLsp.Testing.Worlds;

public static partial class WorldBuilder
{
    private static void MakeCase(World world)
    {
        if (world.MurderAfter < 0)
        {
            return;
        }

        var dice = world.Dice;
        var linear = world.Linear.ToList();
        var before = world.Scenes[world.MurderAfter];
        world.Murder = before.End.AddMinutes(before.Minutes == 0 ? 240 : 60);
        var study = world.Places[1];
        var murder = Entry(world, "event", "The death in the small hours", "the-murder");
        murder.Set("participants", world.Refs([world.People[2].Container, world.People[3].Container]));
        murder.Set("when", world.Stamp(world.Murder, true));
        if (before.Place.Top == study.Top)
        {
            murder.Set("location", world.Ref(study.Container));
        }

        Dies(world, murder, world.People[2]);
        world.Others.Add(murder);

        var reveal = linear[^2];
        world.Reveal = reveal.Index;
        var suspects = new[] { world.People[3], world.People[4], world.People[5] };
        var planted = linear.Where(scene => scene.Index < reveal.Index).ToList();
        var names = dice.Shuffled(Pool.Clues);
        for (var i = 0; i < 4; i++)
        {
            var clue = Entry(world, "clue", names[i].Name);
            clue.Set("text", names[i].Text);
            var cleared = i < 2 ? suspects[i + 1] : null;
            if (cleared is not null)
            {
                clue.Set("eliminates", Refs(world, cleared));
            }
            else if (i == 2)
            {
                clue.Set("points_to", Refs(world, suspects[0]));
            }
            else
            {
                clue.Set("establishes", world.Ref(world.Facts[0].Container));
            }

            clue.Set("essential", i == 2 ? "false" : "true");
            var scene = planted[Math.Min(planted.Count - 1, (i + 1) * planted.Count / 5)];
            scene.Container.Append("plants", world.Ref(clue));
            world.Clues.Add((clue, cleared, scene.Index));
        }

        // It points to one whom a clue clears later.
        var herring = Entry(world, "clue", names[4].Name);
        herring.Set("text", names[4].Text);
        herring.Set("points_to", Refs(world, suspects[1]));
        herring.Set("red_herring", "true");
        planted[0].Container.Append("plants", world.Ref(herring));
        world.RedHerring = herring;

        var solved = Entry(world, "case", "The death at the house", "the-death");
        solved.Set("victim", world.Ref(world.People[2].Container));
        solved.Set("culprit", world.Ref(world.People[3].Container));
        solved.Set("detective", world.Ref(world.People[0].Container));
        solved.Set("when", world.Stamp(world.Murder, true));
        if (murder.Get("location") is not null)
        {
            solved.Set("where", world.Ref(study.Container));
        }

        solved.Set("motive", "Money that was not there.");
        solved.Set("means", "Whatever stood nearest.");
        world.Alibi = dice.Pick([.. world.Places.Where(place => place.Top != before.Place.Top && place.Top != study.Top)]);
        solved.Set("suspects", Node.Lines(suspects.Select(suspect => (Node)Node.Block(
            ("who", world.Ref(suspect.Container)),
            ("motive", "Something in the books."),
            ("alibi", Alibi(world, suspect == suspects[0]))))));
        solved.Set("clues", Refs(world, [.. world.Clues.Select(clue => clue.Container)]));
        solved.Set("red_herrings", Refs(world, herring));
        solved.Set("constraints", Node.List("No secret passage."));
        solved.Set("reveal", world.Ref(reveal.Container));
        reveal.Container.Set("solves", world.Ref(solved));
        world.Case = solved;
    }

    private static Map Alibi(World world, bool isLie)
    {
        var (from, until) = (world.Murder.AddMinutes(-20), world.Murder.AddMinutes(40));
        var alibi = Node.Flow(("where", world.Ref(world.Alibi!.Container)), ("from", world.Stamp(from, true)), ("until", world.Stamp(until, true)));
        if (isLie)
        {
            alibi.Entries.Add(new("lie", "true"));
        }
        else
        {
            alibi.Entries.Add(new("witnesses", Refs(world, world.People[0])));
        }

        return alibi;
    }

    private static Seq Refs(World world, params Person[] people) => world.Refs(people.Select(person => person.Container));

    private static Seq Refs(World world, params Container[] containers) => world.Refs(containers);

    private static void MakeOthers(World world)
    {
        var dice = world.Dice;
        var faction = Entry(world, "faction", dice.Pick("The Water Board", "The Lamp Society", "The Valley League"));
        faction.Set("members", Refs(world, world.People[0], world.People[4]));
        faction.Set("leader", world.Ref(world.People[4].Container));
        faction.Set("home", world.Ref(world.Places[^2].Container));
        world.Others.Add(faction);

        if (!world.IsDays)
        {
            var wedding = Entry(world, "event", "The wedding");
            wedding.Set("participants", Refs(world, world.People[4], world.People[5]));
            wedding.Set("when", dice.Pick("c. ", "") + (world.Options.Year!.Value - 1).ToString(CultureInfo.InvariantCulture));
            wedding.Set("description", "A small one, in the rain.");
            world.Others.Add(wedding);
        }

        if (world.Options.Layout == SceneLayout.Files && world.Options.Scenes >= 10 && world.Scenes[0].Container.Has("chapter") && dice.Percent(50))
        {
            var chapter = Entry(world, "chapter", "Arrivals");
            chapter.Set("number", "1");
            chapter.Set("characters", Refs(world, world.People[0], world.People[1]));
            chapter.Set("synopsis", "Everybody comes, and nobody leaves.");
            world.Others.Add(chapter);
        }

        var drawn = world.Linear.FirstOrDefault(scene => scene.Minutes > 0);
        if (drawn is not null && dice.Percent(70))
        {
            Board(world, drawn);
        }
    }

    private static void Board(World world, Scene scene)
    {
        var dice = world.Dice;
        var panel = Entry(world, "panel", "Drawing of the doorway", "panel-one");
        panel.Set("prompt", "A doorway seen from the stair, one lamp.");
        panel.Set("version", "2");
        world.Others.Add(panel);
        string[] descriptions = ["A lamp on a table, and a hand that turns it down.", "The stair from above.", "Two faces in a window: one of them looks away."];
        for (var i = 0; i < descriptions.Length; i++)
        {
            var shot = Entry(world, "shot", $"{scene.Container.Name}, picture {i + 1}", $"shot-{(char)('a' + i)}");
            shot.Set("scene", world.Ref(scene.Container));
            shot.Set("number", new Raw("\"" + (i == 2 ? "2A" : (i + 1).ToString(CultureInfo.InvariantCulture)) + "\""));
            shot.Set("size", dice.Pick("WS", "MS", "CU", "OTS"));
            shot.Set("angle", dice.Pick("high", "level", "low"));
            shot.Set("duration", dice.Between(3, 20).ToString(CultureInfo.InvariantCulture));
            shot.Set("description", descriptions[i]);
            if (i == 0)
            {
                shot.Set("panel", world.Ref(panel));
            }

            if (i == 1)
            {
                shot.Set("approval", Node.Block(("status", dice.Pick("locked", "approved")), ("by", Node.List("the illustrator")), ("hash", Hash(descriptions[i]))));
            }

            world.Others.Add(shot);
        }
    }

    /// <summary>The hash under which a content is approved: SHA-256 of it, NFC, LF, trimmed.</summary>
    internal static string Hash(string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.Normalize(NormalizationForm.FormC).ReplaceLineEndings("\n").Trim())));
}
