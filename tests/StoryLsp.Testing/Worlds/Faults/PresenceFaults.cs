using System.Globalization;
using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>People where they cannot be: before they are born, after they have died, in two places, faster than the road.</summary>
internal static class PresenceFaults
{
    public static IEnumerable<RuleFaults> All() => [BeforeBirth(), Dead(), TwoPlaces(), Travel()];

    private static WorldOptions Long(WorldOptions options) => options with { Scenes = Math.Max(14, options.Scenes) };

    private static RuleFaults BeforeBirth()
    {
        void Born(World world, Func<Scene, string> born, bool mark = true, Action<Scene, Person>? then = null)
        {
            var scene = One(world, world.Linear.Where(scene => scene.HasDay), "a scene with a day");
            var child = Stranger(world, "Ottilie", "Crabtree");
            child.Container.Set("born", born(scene));
            if (then is null)
            {
                Join(world, scene, child, mark);
            }
            else
            {
                then(scene, child);
            }
        }

        return new RuleFaults("time/before-birth")
            .Fault("born days later", world => Born(world, scene => Iso(scene.Start.AddDays(world.Dice.Between(2, 40)))), Dated)
            .Fault("born years later", world => Born(world, scene => (scene.Start.Year + world.Dice.Between(1, 9)).ToString(CultureInfo.InvariantCulture)), Dated)
            .Fault("born in a later month", world => Born(world, scene => scene.Start.AddMonths(2).ToString("yyyy-MM", CultureInfo.InvariantCulture)), Dated)
            .Fault("in a flashback", world =>
            {
                var scene = One(world, world.Scenes.Where(scene => scene.Timeline == "flashback"), "a flashback");
                scene.Container.Set("when", scene.Start.Year.ToString(CultureInfo.InvariantCulture));
                var child = Stranger(world, "Ottilie", "Crabtree");
                child.Container.Set("born", Iso(scene.Start.AddYears(1).AddDays(40)));
                Join(world, scene, child, true);
            }, options => Long(Dated(options)))
            .Decoy("talked about", world => Born(world, scene => Iso(scene.Start.AddDays(20)), false, (scene, child) =>
            {
                scene.Container.Append("mentions", world.Ref(child.Container));
                Say(world, scene, $"If it was a girl, she would be called {child.Given}.");
            }), Dated)
            .Decoy("born that day", world => Born(world, scene => Iso(scene.Start), false), Dated)
            .Decoy("born about that year", world => Born(world, scene => scene.Start.Year + 1 + "~", false), Dated)
            .Decoy("in a dream", world =>
            {
                var scene = One(world, world.Scenes.Where(scene => scene.Timeline == "dream"), "a dream");
                var child = Stranger(world, "Ottilie", "Crabtree");
                child.Container.Set("born", (world.Options.Year!.Value + 30).ToString(CultureInfo.InvariantCulture));
                scene.Container.Set("when", Iso(world.Scenes[0].Start));
                Join(world, scene, child, false);
            }, options => Long(Dated(options)));
    }

    private static RuleFaults Dead()
    {
        Person Gone(World world) => world.Dice.Percent(50) && world.People[6].Dies < int.MaxValue ? world.People[6] : world.People[2];
        Scene After(World world, Person dead) => One(world, world.Linear.Where(scene => scene.Index > dead.Dies && scene.IsExact), "a scene after it");
        return new RuleFaults("time/dead-acts")
            .Fault("in the cast", world =>
            {
                var dead = Gone(world);
                Join(world, After(world, dead), dead, true);
            }, options => Exact(Long(options)))
            .Fault("in the cast, once more", world => Join(world, After(world, world.People[2]), world.People[2], true), options => Exact(Long(options)))
            .Fault("as the point of view", world =>
            {
                var scene = One(world, Free(world).Where(scene => scene.Index > world.MurderAfter), "a free scene");
                Recast(world, scene, world.People[2], world.People[0]);
                scene.Container.Set("pov", Marked(world, world.People[2].Container));
                MarkCast(world, scene, world.People[2]);
            }, options => Exact(Long(options)))
            .Fault("in an event", world =>
            {
                var last = world.Scenes[^1];
                var wake = Other(world, "event", "The wake");
                wake.Set("participants", Node.List(world.Ref(world.People[0].Container), Marked(world, world.People[2].Container)));
                wake.Set("when", world.Stamp(last.Start.AddDays(2), false));
            }, options => Exact(Long(options)))
            .Fault("died on a day that is written", world =>
            {
                var ghost = Stranger(world, "Ottilie", "Crabtree");
                var scene = One(world, world.Linear.Where(scene => scene.IsExact && scene.Index > 3), "a scene");
                ghost.Container.Set("died", Iso(world.Scenes[0].Start.AddDays(-10)));
                Join(world, scene, ghost, true);
            }, options => Dated(Long(options)))
            .Decoy("in a flashback", world => Join(world, Aside(world, "flashback"), world.People[2], false), options => Exact(Long(options)))
            .Decoy("in a dream", world => Join(world, Aside(world, "dream"), world.People[2], false), options => Exact(Long(options)))
            .Decoy("talked about", world =>
            {
                var scene = After(world, world.People[2]);
                scene.Container.Append("mentions", world.Ref(world.People[2].Container));
                Say(world, scene, $"There was one chair less, and nobody said whose. It had been {world.People[2].Given}'s.");
            }, options => Exact(Long(options)))
            .Decoy("revived", world =>
            {
                var scenes = world.Linear.Where(scene => scene.IsExact && scene.Index > world.MurderAfter).ToList();
                WorldBuilder.Effect(world, scenes[1].Container, world.People[2].Id + " revives", "revives", ("who", world.People[2].Id));
                Join(world, scenes[^1], world.People[2], false);
            }, options => Exact(Long(options)));
    }

    private static Scene Aside(World world, string timeline) =>
        One(world, world.Scenes.Where(scene => scene.Timeline == timeline && !scene.Cast.Contains(world.People[2])), timeline);

    /// <summary>A scene that lasts, the free scene after it, and one who is in the first.</summary>
    private static (Scene First, Scene Second, Person Who) Neighbours(World world)
    {
        var scene = One(world, Free(world).Where(scene => world.Before(scene) is { IsExact: true, Minutes: >= 40 } before && Alone(world, before) && After(world, scene)), "two scenes in a row");
        var first = world.Before(scene)!;
        return (first, scene, first.Pov);
    }

    /// <summary>Whether everybody has had time to come to a scene, wherever they were.</summary>
    private static bool Alone(World world, Scene scene) => world.Before(scene) is not { } before || (scene.Start - before.End).TotalHours >= 13;

    /// <summary>Whether everybody has time to go elsewhere after a scene.</summary>
    private static bool Rests(World world, Scene scene) =>
        scene.Index != world.MurderAfter && (world.Scenes.Find(other => other.IsLinear && other.Index > scene.Index) is not { } next || (next.Start - scene.End).TotalHours >= 13);

    private static bool After(World world, Scene scene) =>
        world.Scenes.Find(other => other.IsLinear && other.Index > scene.Index) is not { } next || (next.Start - scene.Start).TotalHours >= 30 || (next.IsExact && (next.Start - world.Before(scene)!.End).TotalHours >= 30);

    private static Place Elsewhere(World world, Scene scene) => One(world, world.Places.Where(place => place.Top != scene.Place.Top && place.Until == int.MaxValue), "another place");

    private static void Overlap(World world, Scene first, Scene second, Person who, Place place, int minutes, bool until, bool mark)
    {
        second.Place = place;
        Recast(world, second, who);
        Retime(world, second, first.Start.AddMinutes(Math.Max(10, first.Minutes / 2)), minutes, text => mark ? Mark(text) : text, until);
        second.Container.Set("location", mark ? Marked(world, place.Container) : world.Ref(place.Container));
        if (mark)
        {
            MarkCast(world, second, who);
            MarkCast(world, first, who);
            first.Container.Set("when", Mark(world.Stamp(first.Start, true)));
            first.Container.Set("location", Marked(world, first.Place.Container));
        }
    }

    private static RuleFaults TwoPlaces()
    {
        void Both(World world, bool until, int minutes, Func<Scene, Place>? place = null, bool mark = true, Action<Scene>? then = null)
        {
            var (first, second, who) = Neighbours(world);
            Overlap(world, first, second, who, place is null ? Elsewhere(world, first) : place(first), minutes, until, mark);
            then?.Invoke(second);
        }

        return new RuleFaults("time/two-places")
            .Fault("two scenes", world => Both(world, false, 60), Exact)
            .Fault("two scenes, the second until a time", world => Both(world, true, 90), Exact)
            .Fault("a scene in a strand of its own", world => Both(world, false, 60, null, true, scene => scene.Container.Set("strand", "the other house")), Exact)
            .Fault("a scene and an event", world =>
            {
                var scene = One(world, world.Linear.Where(scene => scene is { IsExact: true, Minutes: >= 40 } && Alone(world, scene) && Rests(world, scene)), "a scene that lasts");
                var visit = Other(world, "event", "The visit to the bank");
                visit.Set("participants", Node.List(Marked(world, scene.Pov.Container)));
                visit.Set("location", Marked(world, Elsewhere(world, scene).Container));
                visit.Set("when", Mark(world.Stamp(scene.Start.AddMinutes(10), true)));
                visit.Set("duration", "PT20M");
                MarkCast(world, scene, scene.Pov);
                scene.Container.Set("when", Mark(world.Stamp(scene.Start, true)));
                scene.Container.Set("location", Marked(world, scene.Place.Container));
            }, Exact)
            .Decoy("in a room of the same house", world =>
            {
                var (first, second, who) = Neighbours(world);
                Relocate(world, first, world.Places[0]);
                Overlap(world, first, second, who, world.Places[2], 60, false, false);
            }, Exact)
            .Decoy("one after the other, and no way is known", world =>
            {
                var (first, second, who) = Neighbours(world);
                var place = Clearing(world);
                Overlap(world, first, second, who, place, 0, false, false);
                Retime(world, second, first.End.AddMinutes(world.Dice.Percent(50) ? 0 : 10), 0);
            }, Exact)
            .Decoy("in a dream", world => Both(world, false, 60, null, false, scene => scene.Container.Set("timeline", "dream")), Exact)
            .Decoy("somebody else", world =>
            {
                var (first, second, _) = Neighbours(world);
                var other = One(world, world.People.Take(world.People.Count - 2).Where(person => !first.Cast.Contains(person) && WorldBuilder.IsAlive(world, person, first.Index) && person.Dies > second.Index), "somebody else");
                if (world.Linear.Any(scene => scene != second && scene.Cast.Contains(other) && Math.Abs((scene.Start - first.Start).TotalHours) < 30))
                {
                    throw new UnfitException("somebody who is free");
                }

                Overlap(world, first, second, other, Elsewhere(world, first), 60, false, false);
            }, Exact);
    }

    private static RuleFaults Travel()
    {
        void Go(World world, Func<int, int> minutes, bool mark, Func<World, Place, (Place, int)>? to = null)
        {
            var (first, second, who) = Neighbours(world);
            var route = world.Routes.First(route => route.Key.Item1 == first.Place.Top || route.Key.Item2 == first.Place.Top);
            var (place, least) = to is null ? (route.Key.Item1 == first.Place.Top ? route.Key.Item2 : route.Key.Item1, route.Value) : to(world, first.Place.Top);
            if (place.Until != int.MaxValue)
            {
                throw new UnfitException("a way from there");
            }

            second.Place = place;
            Recast(world, second, who);
            Retime(world, second, first.End.AddMinutes(minutes(least)), 0, text => mark ? Mark(text) : text);
            second.Container.Set("location", mark ? Marked(world, place.Container) : world.Ref(place.Container));
            if (mark)
            {
                MarkCast(world, second, who);
            }
        }

        return new RuleFaults("time/travel")
            .Fault("half an hour short", world => Go(world, minutes => minutes - 30, true), Exact)
            .Fault("no time at all", world => Go(world, _ => 1, true), Exact)
            .Fault("half of the time", world => Go(world, minutes => minutes / 2, true), Exact)
            .Fault("two ways in a row", world => Go(world, minutes => minutes - 20, true, TwoAway), Exact)
            .Decoy("just enough", world => Go(world, minutes => minutes, false), Exact)
            .Decoy("no way is known", world => Go(world, _ => 5, false, (_, _) => (Clearing(world), 0)), Exact)
            .Decoy("more than enough", world => Go(world, minutes => minutes + 60, false), Exact);
    }

    /// <summary>A place to which one has to go by way of another.</summary>
    private static (Place, int) TwoAway(World world, Place from)
    {
        var tops = world.Places.Where(place => place.Within is null).ToList();
        var at = tops.IndexOf(from);
        // The ways go from one place to the next in the list.
        return at + 2 < tops.Count && at >= 0 && at <= 1 ? (tops[at + 2], world.Routes[(tops[at], tops[at + 1])] + world.Routes[(tops[at + 1], tops[at + 2])]) : throw new UnfitException("a place two ways off");
    }
}
