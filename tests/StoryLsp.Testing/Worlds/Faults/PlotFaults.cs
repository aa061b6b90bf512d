using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>Promises to the reader.</summary>
internal static class PlotFaults
{
    public static IEnumerable<RuleFaults> All() => [Unpaid(), PayoffFirst(), Dormant()];

    private static WorldOptions Complete(WorldOptions options) => options with { Complete = true };

    private static RuleFaults Unpaid()
    {
        void Promise(World world, int setups, bool mark, bool paid = false, bool carried = false)
        {
            var thread = Other(world, "thread", "The parrot");
            if (mark)
            {
                thread.MarksHead = true;
            }

            var linear = world.Linear.ToList();
            var first = linear.Count / 2;
            for (var i = 0; i < setups; i++)
            {
                linear[first + i].Container.Append("setups", mark ? MarkedThread(world, thread) : world.Ref(thread));
            }

            if (carried)
            {
                linear[first + 2].Container.Append("threads", world.Ref(Unmarked(thread)));
            }

            if (paid)
            {
                linear[^1].Container.Append("payoffs", world.Ref(thread));
            }
        }

        return new RuleFaults("plot/setup-unpaid") { MayRepeat = true }
            .Fault("one setup", world => Promise(world, 1, true), Complete)
            .Fault("two setups", world => Promise(world, 2, true), Complete)
            .Fault("a setup that is carried on", world => Promise(world, 1, true, carried: true), Complete)
            .Decoy("a draft", world => Promise(world, 1, false), options => options with { Complete = false })
            .Decoy("paid", world => Promise(world, 2, false, paid: true), Complete)
            .Decoy("carried on, never set up", world =>
            {
                var thread = Other(world, "thread", "The parrot");
                world.Scenes[^1].Container.Append("threads", world.Ref(thread));
            }, Complete);
    }

    private static Node MarkedThread(World world, Container thread) => Mark(thread.WritesId && world.Dice.Percent(70) ? thread.Id : Marks.Strip(thread.Name));

    private static Container Unmarked(Container thread) => new() { Type = thread.Type, Id = thread.Id, Name = Marks.Strip(thread.Name), WritesId = thread.WritesId };

    private static RuleFaults PayoffFirst()
    {
        void Pay(World world, int payoff, int setup, bool mark)
        {
            var thread = Other(world, "thread", "The parrot");
            world.Scenes[payoff].Container.Append("payoffs", mark ? MarkedThread(world, thread) : world.Ref(thread));
            if (setup >= 0)
            {
                world.Scenes[setup].Container.Append("setups", mark ? MarkedThread(world, thread) : world.Ref(thread));
            }
        }

        return new RuleFaults("plot/payoff-first")
            .Fault("far before", world => Pay(world, 1, 4, true))
            .Fault("just before", world => Pay(world, world.Scenes.Count / 2, world.Scenes.Count / 2 + 1, true))
            .Fault("before two setups", world =>
            {
                Pay(world, 1, 3, true);
                world.Scenes[4].Container.Append("setups", world.Ref(world.Others[^1]));
            })
            .Decoy("after", world => Pay(world, 4, 1, false))
            .Decoy("no setup", world => Pay(world, 3, -1, false))
            .Decoy("in the same scene", world => Pay(world, 3, 3, false));
    }

    private static RuleFaults Dormant()
    {
        void Sleep(World world, int first, int second, bool mark)
        {
            var thread = Other(world, "thread", "The parrot");
            if (mark)
            {
                thread.MarksHead = true;
            }

            foreach (var scene in new[] { first, second })
            {
                world.Scenes[scene].Container.Append("threads", mark ? MarkedThread(world, thread) : world.Ref(thread));
            }
        }

        return new RuleFaults("plot/dormant") { MayRepeat = true }
            .Fault("a thread, first and last", world => Sleep(world, 0, world.Scenes.Count - 1, true))
            .Fault("a thread for most of the book", world => Sleep(world, 1, world.Scenes.Count * 3 / 4, true), options => options with { Scenes = Math.Max(16, options.Scenes) })
            .Fault("a point of view", world =>
            {
                var who = world.People[1];
                foreach (var scene in world.Scenes.Where(scene => scene.Pov == who))
                {
                    var isEnd = scene.Index == 1 || scene.Index > world.Scenes.Count * 4 / 5;
                    scene.Container.Set("pov", isEnd ? Marked(world, who.Container) : world.Ref(world.People[0].Container));
                    if (!isEnd)
                    {
                        Plain(world, scene);
                    }
                }

                if (!world.Scenes.Exists(scene => scene.Pov == who && scene.Index > world.Scenes.Count * 4 / 5))
                {
                    throw new UnfitException("a late scene of hers");
                }
            }, options => options with { Scenes = Math.Max(18, options.Scenes) })
            .Decoy("a short sleep", world => Sleep(world, 2, 2 + world.Scenes.Count * 3 / 10, false))
            .Decoy("a thread of one scene", world => world.Scenes[2].Container.Append("threads", world.Ref(Other(world, "thread", "The parrot"))));
    }

    /// <summary>Has the first point of view see a scene of the second.</summary>
    private static void Plain(World world, Scene scene)
    {
        // Whom these meant without saying so is the point of view.
        scene.Container.Remove("uses");
        scene.Container.Remove("relies_on");

        if (!scene.Cast.Contains(world.People[0]))
        {
            Join(world, scene, world.People[0], false);
        }

        scene.Pov = world.People[0];
    }
}
