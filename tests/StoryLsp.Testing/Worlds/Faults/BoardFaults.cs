using System.Globalization;
using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>Numbers and approvals of scenes, shots and panels.</summary>
internal static class BoardFaults
{
    public static IEnumerable<RuleFaults> All() =>
    [
        new RuleFaults("board/scene-number")
            .Fault("as the scene before", world => Number(world, 1, true), Numbered)
            .Fault("as the scene before, again", world => Number(world, 1, true), Numbered)
            .Decoy("in another chapter", world => { }, Numbered)
            .Decoy("with a half", world =>
            {
                var scene = One(world, world.Scenes.Where(scene => scene.Container.Has("order") && scene.Index > 0 && world.Scenes[scene.Index - 1].Chapter == scene.Chapter), "a numbered scene");
                scene.Container.Set("order", new Raw(Marks.Strip(world.Scenes[scene.Index - 1].Container.Get("order")!.InLine(false)) + ".5"));
            }, Numbered),
        new RuleFaults("board/shot-number")
            .Fault("as the first", world => Shots(world, "1", "2", Mark("1")))
            .Fault("with a letter", world => Shots(world, "12", "12A", Mark("12A")))
            .Fault("without quotes", world => Shots(world, "7", "8", Mark("8")))
            .Decoy("of two scenes", world =>
            {
                Shots(world, "1", "2", "3");
                Shots(world, "1", "2", "3");
            })
            .Decoy("with other letters", world => Shots(world, "12", "12A", "12B")),
        new RuleFaults("board/orphan")
            .Fault("a shot of no scene", world =>
            {
                var shot = Other(world, "shot", "The far shore");
                shot.MarksHead = true;
                shot.Set("number", new Raw(Mark("\"99\"")));
                shot.Set("size", Mark("WS"));
            })
            .Fault("a panel of no shot", world =>
            {
                var panel = Other(world, "panel", "Drawing of the shore");
                panel.MarksHead = true;
                panel.Set("prompt", Mark("A shore, seen from a boat."));
            })
            .Fault("a panel that is drawn", world =>
            {
                var panel = Other(world, "panel", "Drawing of the weir");
                panel.MarksHead = true;
                panel.Set("version", Mark("final"));
                panel.Set("prompt", Mark("A weir in the rain."));
            })
            .Decoy("both belong", world =>
            {
                var panel = Other(world, "panel", "Drawing of the shore");
                panel.Set("prompt", "A shore, seen from a boat.");
                Shots(world, "1", "2", "3");
                world.Others[^1].Set("panel", world.Ref(panel));
            }),
        new RuleFaults("board/locked-edit")
            .Fault("a word changed", world => Approve(world, "A lamp, and a hand that turns it down.", "A lamp, and a hand that turns it up.", true))
            .Fault("a sentence more", world => Approve(world, "The stair from above.", "The stair from above. Nobody is on it.", true))
            .Fault("an accent more", world => Approve(world, "A cafe in the rain.", "A café in the rain.", true))
            .Decoy("the same", world => Approve(world, "The stair from above.", "The stair from above.", false))
            .Decoy("the same with blanks around it", world => Approve(world, "The stair from above.", "The stair from above.\n", false))
            .Decoy("the same in two lines", world => Approve(world, "The stair from above.\nA door.", "The stair from above.\nA door.", false))
            .Decoy("under review", world =>
            {
                Shots(world, "1", "2", "3");
                world.Others[^1].Set("approval", Node.Block(("status", "review"), ("hash", WorldBuilder.Hash("something else"))));
            }),
    ];

    private static WorldOptions Numbered(WorldOptions options) => options with { Manuscript = false };

    private static void Number(World world, int back, bool mark)
    {
        var scene = One(world, world.Scenes.Where(scene => scene.Index >= back && scene.Container.Has("order") && world.Scenes[scene.Index - back].Chapter == scene.Chapter), "two scenes of a chapter");
        var other = world.Scenes[scene.Index - back];
        var number = Marks.Strip(other.Container.Get("order")!.InLine(false));
        scene.Container.Set("order", new Raw(mark ? Mark(number) : number));
        other.Container.Set("order", new Raw(mark ? Mark(number) : number));
    }

    private static void Shots(World world, params string[] numbers)
    {
        var taken = world.Others.Where(other => other.Type == "shot").Select(other => Marks.Strip(other.Get("scene")?.InLine(false) ?? "")).ToHashSet();
        var scene = One(world, world.Scenes.Where(scene => !taken.Any(text => text.Contains(scene.Container.Name, StringComparison.Ordinal) || text == scene.Id)), "a scene without shots");
        var quotes = world.Dice.Percent(50);
        foreach (var number in numbers)
        {
            var shot = Other(world, "shot", $"{scene.Container.Name}, take {world.Others.Count.ToString("D3", CultureInfo.InvariantCulture)}");
            shot.Set("scene", scene.Container.WritesId ? scene.Id : scene.Container.Name);
            shot.Set("number", new Raw(quotes ? "\"" + number + "\"" : number));
            shot.Set("size", "MS");
        }
    }

    private static void Approve(World world, string before, string now, bool mark)
    {
        Shots(world, "1", "2", "3");
        var hash = WorldBuilder.Hash(before);
        var shot = world.Others[^1];
        shot.Set("description", mark ? Mark(now) : now);
        shot.Set("approval", Node.Block(("status", mark ? Mark(world.Dice.Pick("locked", "approved")) : "locked"), ("by", Node.List("the illustrator")), ("hash", mark ? Mark(hash) : hash)));
    }
}
