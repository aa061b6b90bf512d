using System.Globalization;
using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>Whether a mystery plays fair.</summary>
internal static class MysteryFaults
{
    public static IEnumerable<RuleFaults> All() => [Unfair(), Unsolvable(), LateCulprit(), Alibi(), RedHerring()];

    private static WorldOptions Mystery(WorldOptions options) => options with { Scenes = Math.Max(14, options.Scenes) };

    private static void Unplant(World world, Container clue)
    {
        foreach (var scene in world.Scenes)
        {
            if (scene.Container.Get("plants") is Seq seq)
            {
                seq.Items.RemoveAll(item => Is(item, clue));
                if (seq.Items.Count == 0)
                {
                    scene.Container.Remove("plants");
                }
            }
        }
    }

    private static bool Is(Node item, Container to)
    {
        var text = Marks.Strip(item.InLine(false)).Trim('"', '[', ']');
        return text == to.Id || text == to.Name;
    }

    /// <summary>Marks a clue wherever somebody could look for it: in the case, and in itself.</summary>
    private static void MarkClue(World world, Container clue, string list = "clues")
    {
        var items = ((Seq)world.Case!.Get(list)!).Items;
        var at = items.FindIndex(item => Is(item, clue));
        items[at] = Mark(clue.WritesId ? clue.Id : clue.Name);
        world.Case.Set("reveal", Marked(world, world.Scenes[world.Reveal].Container));
        clue.Name = Mark(clue.Name);
    }

    private static RuleFaults Unfair() => new RuleFaults("mystery/unfair-clue")
        .Fault("never planted", world =>
        {
            Unplant(world, world.Clues[3].Container);
            MarkClue(world, world.Clues[3].Container);
        }, Mystery)
        .Fault("planted after the solution", world =>
        {
            Unplant(world, world.Clues[3].Container);
            world.Scenes[^1].Container.Append("plants", world.Ref(world.Clues[3].Container));
            MarkClue(world, world.Clues[3].Container);
        }, Mystery)
        .Fault("one more clue", world =>
        {
            var clue = Other(world, "clue", "A second key");
            clue.Set("essential", "true");
            clue.Set("text", "It fits nothing in the house.");
            ((Seq)world.Case!.Get("clues")!).Items.Add(world.Ref(clue));
            MarkClue(world, clue);
        }, Mystery)
        .Decoy("not essential", world => Unplant(world, world.Clues[2].Container), Mystery)
        .Decoy("no reveal", world =>
        {
            Unplant(world, world.Clues[3].Container);
            world.Case!.Remove("reveal");
            world.Scenes[world.Reveal].Container.Remove("solves");
        }, Mystery)
        .Decoy("of no case", world =>
        {
            var clue = Other(world, "clue", "A second key");
            clue.Set("essential", "true");
        }, Mystery);

    /// <summary>Marks what says who remains: the solution, the culprit, the suspects.</summary>
    private static void MarkCase(World world)
    {
        var solved = world.Case!;
        solved.Set("reveal", Marked(world, world.Scenes[world.Reveal].Container));
        solved.Set("culprit", Marked(world, world.People[3].Container));
        solved.Name = Mark(solved.Name);
        world.Scenes[world.Reveal].Container.Set("solves", Mark(solved.WritesId ? solved.Id : Marks.Strip(solved.Name)));
        var number = 3;
        foreach (var suspect in ((Seq)solved.Get("suspects")!).Items.OfType<Map>())
        {
            suspect.Entries[0] = new("who", Marked(world, world.People[number++].Container));
        }
    }

    private static RuleFaults Unsolvable() => new RuleFaults("mystery/unsolvable")
        .Fault("two remain", world =>
        {
            world.Clues[1].Container.Remove("eliminates");
            MarkCase(world);
        }, Mystery)
        .Fault("the culprit is cleared, and nobody remains", world =>
        {
            world.Clues[2].Container.Set("eliminates", world.Refs([world.People[3].Container]));
            world.Clues[2].Container.Remove("points_to");
            MarkCase(world);
        }, Mystery)
        .Fault("the clue that clears one comes too late", world =>
        {
            world.Clues[1].Container.Set("essential", "false");
            Unplant(world, world.Clues[1].Container);
            world.Scenes[^1].Container.Append("plants", world.Ref(world.Clues[1].Container));
            MarkCase(world);
        }, Mystery)
        .Fault("one suspect more", world =>
        {
            ((Seq)world.Case!.Get("suspects")!).Items.Add(Node.Block(("who", world.Ref(world.People[1].Container)), ("motive", "None that is known.")));
            MarkCaseButLast(world);
        }, Mystery)
        .Decoy("one clue clears both", world =>
        {
            world.Clues[0].Container.Set("eliminates", world.Refs([world.People[4].Container, world.People[5].Container]));
            world.Clues[1].Container.Remove("eliminates");
        }, Mystery)
        .Decoy("nobody is cleared by anything", world =>
        {
            // Who is not cleared by clues is cleared in prose: then the rule has nothing to say.
            world.Clues[0].Container.Remove("eliminates");
            world.Clues[1].Container.Remove("eliminates");
            world.Case!.Remove("red_herrings");
        }, options => Mystery(options) with { Complete = false });

    private static void MarkCaseButLast(World world)
    {
        var suspects = ((Seq)world.Case!.Get("suspects")!).Items;
        var last = suspects[^1];
        suspects.RemoveAt(suspects.Count - 1);
        MarkCase(world);
        suspects.Add(last);
    }

    private static RuleFaults LateCulprit()
    {
        void Late(World world, double share, bool mark)
        {
            var scene = One(world, world.Linear.Where(scene => scene.Index > world.Scenes.Count * share && scene.Index < world.Scenes.Count * (share + 0.3)), "a late scene");
            var stranger = Stranger(world, "Ottilie", "Crabtree");
            Join(world, scene, stranger, mark);
            world.Case!.Set("culprit", mark ? Marked(world, stranger.Container) : world.Ref(stranger.Container));
            var first = (Map)((Seq)world.Case.Get("suspects")!).Items[0];
            first.Entries[0] = new("who", world.Ref(stranger.Container));
            if (world.Clues[2].Container.Has("points_to"))
            {
                world.Clues[2].Container.Set("points_to", world.Refs([stranger.Container]));
            }
        }

        return new RuleFaults("mystery/late-culprit")
            .Fault("after half", world => Late(world, 0.6, true), Mystery)
            .Fault("near the end", world => Late(world, 0.7, true), options => options with { Scenes = Math.Max(18, options.Scenes) })
            .Fault("after half, again", world => Late(world, 0.55, true), options => options with { Scenes = Math.Max(20, options.Scenes) })
            .Decoy("early enough", world => Late(world, 0.1, false), Mystery);
    }

    private static RuleFaults Alibi()
    {
        // The second suspect claims to have been at a place that is not near the scene of the death.
        Map Claim(World world) => (Map)((Map)((Seq)world.Case!.Get("suspects")!).Items[1]).Entries.Find(entry => entry.Key == "alibi")!.Value;
        void Set(Map map, string key, Node value)
        {
            map.Entries.RemoveAll(entry => entry.Key == key);
            map.Entries.Add(new(key, value));
        }

        void MarkClaim(World world, DateTime from, DateTime until)
        {
            var claim = Claim(world);
            Set(claim, "where", Marked(world, world.Alibi!.Container));
            Set(claim, "from", Mark(world.Stamp(from, true)));
            Set(claim, "until", Mark(world.Stamp(until, true)));
        }

        void Seen(World world, DateTime time, int minutes, bool mark, Place? place = null)
        {
            var seen = Other(world, "event", "The walk in the dark");
            seen.Set("participants", Node.List(mark ? Marked(world, world.People[4].Container) : world.Ref(world.People[4].Container)));
            seen.Set("location", world.Ref((place ?? One(world, world.Places.Where(other => other.Top != world.Alibi!.Top), "another place")).Container));
            seen.Set("when", world.Stamp(time, true));
            seen.Set("duration", "PT" + minutes + "M");
        }

        // Where the suspect was on that day, if anywhere: nobody travels in no time.
        Place? Near(World world, Scene scene) =>
            world.Linear.LastOrDefault(other => other.Index <= scene.Index && other.Cast.Contains(world.People[4]) && (world.Murder - other.End).TotalHours < 16)?.Place.Top;

        return new RuleFaults("mystery/alibi")
            .Fault("an event shows them elsewhere", world =>
            {
                MarkClaim(world, world.Murder.AddMinutes(-20), world.Murder.AddMinutes(40));
                var scene = world.Scenes[world.MurderAfter];
                Seen(world, world.Murder, 15, true, Near(world, scene));
            }, Restful)
            .Fault("a scene shows them elsewhere", world =>
            {
                var scene = One(world, world.Linear.Where(scene => scene is { IsExact: true, Minutes: >= 40 } && scene.Cast.Contains(world.People[4]) && scene.Place.Top != world.Alibi!.Top), "a scene of the suspect");
                MarkClaim(world, scene.Start.AddMinutes(10), scene.Start.AddMinutes(30));
                MarkCast(world, scene, world.People[4]);
            }, Restful)
            .Fault("a scene shows them elsewhere for a part of it", world =>
            {
                var scene = One(world, world.Linear.Where(scene => scene is { IsExact: true, Minutes: >= 40 } && scene.Cast.Contains(world.People[4]) && scene.Place.Top != world.Alibi!.Top), "a scene of the suspect");
                MarkClaim(world, scene.Start.AddMinutes(-60), scene.Start.AddMinutes(20));
                MarkCast(world, scene, world.People[4]);
            }, Restful)
            .Decoy("a lie", world =>
            {
                Set(Claim(world), "lie", "true");
                var scene = world.Scenes[world.MurderAfter];
                Seen(world, world.Murder, 15, false, Near(world, scene));
            }, Restful)
            .Decoy("at another time", world =>
            {
                var scene = world.Scenes[world.MurderAfter];
                Seen(world, world.Murder.AddMinutes(50), 15, false, Near(world, scene));
            }, Restful)
            .Decoy("at that place", world =>
            {
                if (Near(world, world.Scenes[world.MurderAfter]) is not null)
                {
                    throw new UnfitException("a suspect who has had time to go there");
                }

                Seen(world, world.Murder, 15, false, world.Alibi);
            }, Restful)
            .Decoy("a claim beside a claim", world => Set(Claim(world), "witnesses", world.Refs([world.People[3].Container, world.People[5].Container])), Restful);
    }

    private static WorldOptions Restful(WorldOptions options) => Mystery(options) with { Exact = true };

    private static RuleFaults RedHerring()
    {
        void Herring(World world, bool cleared, bool mark)
        {
            var herring = Other(world, "clue", "Green paint");
            herring.Set("text", "Paint on the sleeve of a coat.");
            herring.Set("points_to", world.Refs([world.People[1].Container]));
            herring.Set("red_herring", "true");
            var linear = world.Linear.ToList();
            linear[1].Container.Append("plants", world.Ref(herring));
            ((Seq)world.Case!.Get("red_herrings")!).Items.Add(world.Ref(herring));
            if (cleared)
            {
                var clue = Other(world, "clue", "Paint tin");
                clue.Set("text", "The fence had been painted that morning.");
                clue.Set("eliminates", world.Refs([world.People[1].Container]));
                linear[linear.Count / 2].Container.Append("plants", world.Ref(clue));
                ((Seq)world.Case.Get("clues")!).Items.Add(world.Ref(clue));
            }

            if (mark)
            {
                MarkClue(world, herring, "red_herrings");
            }
        }

        return new RuleFaults("mystery/red-herring-unresolved")
            .Fault("points to one who is never cleared", world => Herring(world, false, true), options => Mystery(options) with { Complete = true })
            .Fault("the clue that clears is not planted", world =>
            {
                Herring(world, true, true);
                Unplant(world, world.Others[^1]);
            }, options => Mystery(options) with { Complete = true })
            .Fault("what it proves is never told", world =>
            {
                Herring(world, false, true);
                var fact = Other(world, "fact", "Who painted the fence");
                world.Others[^2].Set("establishes", world.Ref(fact));
            }, options => Mystery(options) with { Complete = true })
            .Decoy("a draft", world => Herring(world, false, false), options => Mystery(options) with { Complete = false })
            .Decoy("cleared", world => Herring(world, true, false), options => Mystery(options) with { Complete = true });
    }
}
