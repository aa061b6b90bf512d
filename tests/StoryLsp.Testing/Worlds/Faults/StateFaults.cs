using System.Globalization;
using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>Prose and scenes against the state of the world.</summary>
internal static class StateFaults
{
    public static IEnumerable<RuleFaults> All() => [Attribute(), Possession(), PlaceGone(), Injury(), Setting()];

    private static RuleFaults Attribute()
    {
        void Eyes(World world, string sentence, bool wrong = true)
        {
            var scene = One(world, world.Linear, "a scene");
            var person = world.Dice.Pick(scene.Cast);
            var colour = wrong ? world.Dice.Pick([.. Pool.Eyes.Where(colour => colour != person.Eyes)]) : person.Eyes;
            Say(world, scene, string.Format(CultureInfo.InvariantCulture, sentence, person.Given, wrong ? Mark(colour) : colour, person.Name));
        }

        void Hair(World world, string sentence, bool wrong = true)
        {
            var scene = One(world, world.Linear.Where(scene => scene.IsExact), "a scene");
            var person = world.Dice.Pick(scene.Cast);
            var colour = wrong ? world.Dice.Pick([.. Pool.Hair.Where(colour => colour != person.HairAt(scene.Index) && !Same(colour, person.HairAt(scene.Index)))]) : person.HairAt(scene.Index);
            Say(world, scene, string.Format(CultureInfo.InvariantCulture, sentence, person.Given, wrong ? Mark(colour) : colour, person.Name));
        }

        return new RuleFaults("state/attribute")
            .Fault("NAME's C eyes", world => Eyes(world, "For a moment {0}'s {1} eyes went to the clock."))
            .Fault("NAME’s C eyes, curly", world => Eyes(world, "For a moment {0}’s {1} eyes went to the clock."))
            .Fault("the full name", world => Eyes(world, "Nobody could read {2}'s {1} eyes."))
            .Fault("eyes were C", world => Eyes(world, "In this light {0}'s eyes were {1}."))
            .Fault("the C eyes of NAME", world => Eyes(world, "It was cold under the {1} eyes of {2}."))
            .Fault("C-eyed NAME", world => Eyes(world, "It was {1}-eyed {0} who had to laugh."))
            .Fault("NAME's C hair", world => Hair(world, "The rain ran out of {0}'s {1} hair."))
            .Fault("NAME’s C hair, curly", world => Hair(world, "The rain ran out of {0}’s {1} hair."))
            .Fault("hair was C", world => Hair(world, "In this light {0}'s hair was {1}."))
            .Fault("C-haired NAME", world => Hair(world, "It was {1}-haired {0} who had to laugh."))
            .Fault("NAME had C eyes", world => Eyes(world, "{0} had {1} eyes and a habit of closing them."))
            .Fault("NAME's long C hair", world => Hair(world, "The wind was in {0}'s long {1} hair."))
            .Fault("eyes were a deep C", world => Eyes(world, "In this light {2}’s eyes were a deep {1}."))
            .Decoy("the right eyes", world => Eyes(world, "For a moment {0}'s {1} eyes went to the clock.", false))
            .Decoy("the right hair", world => Hair(world, "The rain ran out of {0}'s {1} hair.", false))
            .Decoy("of something else", world => Eyes(world, "{2} hung up a purple coat, {0}'s red scarf and a green hat.", false))
            .Decoy("of nobody by name", world => Eyes(world, "{2} stood before the portrait. Its orange eyes were on the door, and its violet hair was dust.", false))
            .Decoy("red with weeping", world => Eyes(world, "In the morning {0}'s eyes were red with weeping.", false))
            .Decoy("two colours, one of them right", world => Eyes(world, "Close to, {0}'s {1}-gold eyes were like a cat's.", false))
            .Decoy("somebody else's", world => Eyes(world, "{2} had never liked the driver's purple eyes.", false))
            .Decoy("not that colour", world => Eyes(world, "Whoever it was, {0}'s eyes were not purple.", false))
            .Decoy("if", world => Eyes(world, "If only {0}'s eyes had been violet, it might have been believed.", false))
            .Decoy("a ribbon", world => Hair(world, "{0}'s hair ribbon was purple, and {0}'s hair net was green.", false))
            .Decoy("once", world => Hair(world, "In the old picture {0}'s hair had been another colour, almost white.", false))
            .Decoy("two people", world =>
            {
                var scene = One(world, world.Linear.Where(scene => scene.Cast.Count > 1 && scene.Cast[0].Eyes != scene.Cast[1].Eyes), "two people");
                Say(world, scene, $"{scene.Cast[0].Given} looked into {scene.Cast[1].Given}'s {scene.Cast[1].Eyes} eyes, and {scene.Cast[1].Given} into {scene.Cast[0].Given}'s, which were {scene.Cast[0].Eyes}.");
            })
            .Decoy("like something", world => Eyes(world, "{0}'s eyes went to the blue door and the brown dog.", false));
    }

    private static bool Same(string one, string other) => (one, other) is ("auburn", "red") or ("red", "auburn") or ("auburn", "brown") or ("brown", "auburn") or ("grey", "white") or ("white", "grey");

    private static RuleFaults Possession()
    {
        void Use(World world, Scene scene, Person who, Item item, bool mark, bool byPov)
        {
            var name = mark ? Marked(world, item.Container) : world.Ref(item.Container);
            scene.Container.Append("uses", byPov && who == scene.Pov ? name : Node.Flow(("who", world.Ref(who.Container)), ("item", name)));
        }

        void Held(World world, bool mark, bool byPov, bool present)
        {
            var item = world.Items[3];
            var owner = world.People[1];
            var scene = One(world, world.Linear.Where(scene => scene.IsExact && scene.Cast.Contains(owner) == present && (!present || scene.Cast.Count > 1)), "a scene");
            var user = byPov && scene.Pov != owner ? scene.Pov : world.Dice.Pick([.. scene.Cast.Where(person => person != owner)]);
            Use(world, scene, user, item, mark, byPov);
        }

        void Late(World world, Action<Scene, Item, Person> before, bool mark = true)
        {
            var item = new Item { Container = Other(world, "item", "copper kettle") };
            var scenes = world.Linear.Where(scene => scene.IsExact).ToList();
            var user = world.People[0];
            var mine = scenes.Where(scene => scene.Cast.Contains(user)).ToList();
            item.Container.Set("owner", world.Ref(user.Container));
            before(mine[1], item, user);
            Use(world, mine[^1], user, item, mark, world.Dice.Percent(50));
        }

        return new RuleFaults("state/possession")
            .Fault("held by one who is elsewhere", world => Held(world, true, false, false), Exact)
            .Fault("held by one who is elsewhere, by the point of view", world => Held(world, true, true, false), Exact)
            .Fault("lost", world => Late(world, (scene, item, who) => WorldBuilder.Loses(world, scene.Container, who, item)), Exact)
            .Fault("destroyed", world => Late(world, (scene, item, _) => scene.Container.Append("effects", world.Dice.Percent(50) ? Node.Flow(("destroys", item.Id)) : item.Id + " destroyed")), Exact)
            .Fault("given away", world => Late(world, (scene, item, who) =>
            {
                if (world.Linear.Last(last => last.IsExact && last.Cast.Contains(who)).Cast.Contains(world.People[4]))
                {
                    throw new UnfitException("a last scene without the new owner");
                }

                WorldBuilder.Gives(world, scene.Container, who, item, world.People[4]);
                Admit(world, scene, world.People[4]);
            }), Exact)
            .Decoy("the holder is there", world => Held(world, false, false, true), Exact)
            .Decoy("nobody says who has it", world =>
            {
                var scene = One(world, world.Linear, "a scene");
                Use(world, scene, scene.Pov, new Item { Container = Other(world, "item", "copper kettle") }, false, true);
            }, Exact)
            .Decoy("taken in the scene itself", world =>
            {
                var item = new Item { Container = Other(world, "item", "copper kettle") };
                item.Container.Set("owner", world.Ref(world.People[5].Container));
                var scene = One(world, world.Linear.Where(scene => scene.IsExact && !scene.Cast.Contains(world.People[5])), "a scene");
                WorldBuilder.Takes(world, scene.Container, scene.Pov, item);
                Use(world, scene, scene.Pov, item, false, true);
            }, Exact)
            .Decoy("lost and found", world => Late(world, (scene, item, who) =>
            {
                WorldBuilder.Loses(world, scene.Container, who, item);
                WorldBuilder.Takes(world, world.Linear.Last(last => last.IsExact && last.Cast.Contains(who)).Container, who, item);
            }, false), Exact);
    }

    /// <summary>Has somebody in a scene to whom something is given there.</summary>
    private static void Admit(World world, Scene scene, Person who)
    {
        if (!scene.Cast.Contains(who))
        {
            Join(world, scene, who, false);
        }
    }

    private static RuleFaults PlaceGone()
    {
        void Move(World world, Scene scene, Place place, bool mark)
        {
            Relocate(world, scene, place);
            scene.Container.Set("location", mark ? Marked(world, place.Container) : world.Ref(place.Container));
        }

        Scene Any(World world) => One(world, world.Linear.Where(scene => scene.IsExact && scene.Index > 3 && Reachable(world, scene)), "a scene");
        return new RuleFaults("state/place-gone")
            .Fault("not yet built", world =>
            {
                var (scene, place) = (Any(world), Clearing(world));
                place.Container.Set("built", (world.Options.Year!.Value + world.Dice.Between(2, 9)).ToString(CultureInfo.InvariantCulture));
                Move(world, scene, place, true);
            }, Dated)
            .Fault("built the day after", world =>
            {
                var (scene, place) = (Any(world), Clearing(world));
                place.Container.Set("built", Iso(scene.Start.AddDays(1)));
                Move(world, scene, place, true);
            }, Dated)
            .Fault("destroyed long ago", world =>
            {
                var (scene, place) = (Any(world), Clearing(world));
                place.Container.Set("destroyed", world.Dice.Percent(50) ? (world.Options.Year!.Value - 3).ToString(CultureInfo.InvariantCulture) : Iso(scene.Start.AddDays(-1)));
                Move(world, scene, place, true);
            }, Dated)
            .Fault("destroyed in an earlier scene", world =>
            {
                var (scene, place) = (Any(world), Clearing(world));
                One(world, world.Linear.Where(other => other.IsExact && other.Index < scene.Index), "an earlier scene").Container.Append("effects", world.Dice.Percent(50) ? Node.Flow(("destroys", place.Id)) : place.Id + " destroyed");
                Move(world, scene, place, true);
            }, Exact)
            .Fault("a room of a house that is gone", world =>
            {
                var (scene, house) = (Any(world), Clearing(world));
                var room = Clearing(world, "Fernery");
                room.Container.Set("within", world.Ref(house.Container));
                room.Container.Set("destroyed", (world.Options.Year!.Value - 3).ToString(CultureInfo.InvariantCulture));
                Move(world, scene, room, true);
            }, Dated)
            .Decoy("destroyed in the scene itself", world =>
            {
                var (scene, place) = (Any(world), Clearing(world));
                scene.Container.Append("effects", Node.Flow(("destroys", place.Id)));
                Move(world, scene, place, false);
            }, Exact)
            .Decoy("destroyed later", world =>
            {
                var (scene, place) = (Any(world), Clearing(world));
                place.Container.Set("destroyed", Iso(scene.Start.AddDays(3)));
                place.Container.Set("built", Iso(scene.Start.AddDays(-3)));
                Move(world, scene, place, false);
            }, Dated)
            .Decoy("destroyed that year", world =>
            {
                var (scene, place) = (Any(world), Clearing(world));
                place.Container.Set("destroyed", scene.Start.Year.ToString(CultureInfo.InvariantCulture));
                place.Container.Set("built", "c. " + scene.Start.Year);
                Move(world, scene, place, false);
            }, Dated)
            .Decoy("in a dream", world =>
            {
                var place = Clearing(world);
                place.Container.Set("destroyed", "1801");
                var scene = One(world, world.Scenes.Where(scene => scene.Timeline == "dream"), "a dream");
                scene.Container.Set("location", world.Ref(place.Container));
            }, options => Dated(options) with { Scenes = 14 });
    }

    /// <summary>Whether nobody has to be anywhere else at once: the place has no ways, so only overlaps count.</summary>
    private static bool Reachable(World world, Scene scene) => !world.Linear.Any(other => other != scene && other.Start < scene.End && scene.Start < other.End);

    private static RuleFaults Injury()
    {
        void Hurt(World world, bool isItem, bool heals, bool mark, bool other = false)
        {
            var scenes = world.Linear.Where(scene => scene.IsExact && scene.Cast.Contains(world.People[0])).ToList();
            if (scenes.Count < 4)
            {
                throw new UnfitException("scenes of the hero");
            }

            var who = world.People[0];
            var item = new Item { Container = Other(world, "item", "copper oar") };
            var what = world.Dice.Pick("sprained wrist", "cut hand");
            Node prevents = isItem ? item.Id : "occupation";
            scenes[0].Container.Append("effects", Node.Flow(("injures", Node.Flow(("who", (other ? world.People[1] : who).Id), ("what", what), ("prevents", world.Dice.Percent(50) ? Node.List(prevents) : Node.List("climbs", prevents))))));
            if (heals)
            {
                scenes[1].Container.Append("effects", Node.Flow(("heals", Node.Flow(("who", who.Id), ("what", what)))));
            }

            if (isItem)
            {
                var name = mark ? Marked(world, item.Container) : world.Ref(item.Container);
                scenes[^1].Container.Append("uses", Node.Flow(("who", world.Ref(who.Container)), ("item", name)));
            }
            else
            {
                scenes[^1].Container.Append("effects", Node.Flow(("sets", Node.Flow(("who", who.Id), ("field", mark ? Mark("occupation") : "occupation"), ("to", mark ? Mark("acrobat") : "acrobat")))));
            }
        }

        return new RuleFaults("state/injury")
            .Fault("an item", world => Hurt(world, true, false, true), Exact)
            .Fault("a field", world => Hurt(world, false, false, true), Exact)
            .Fault("an item, again", world => Hurt(world, true, false, true), Exact)
            .Decoy("healed", world => Hurt(world, world.Dice.Percent(50), true, false), Exact)
            .Decoy("somebody else", world => Hurt(world, true, false, false, true), Exact);
    }

    private static RuleFaults Setting()
    {
        void Head(World world, Func<Scene, string> place, bool mark, string form = "{0}{1} - {2}", string before = "")
        {
            var scene = One(world, world.Linear.Where(scene => scene.IsExact), "a scene");
            var name = place(scene);
            var heading = string.Format(CultureInfo.InvariantCulture, form, before.Length > 0 ? before : world.Dice.Pick("INT. ", "EXT. "), mark ? Mark(name) : name, scene.Start.Hour is >= 6 and <= 18 ? "DAY" : scene.Start.Hour is 19 ? "EVENING" : "NIGHT");
            if (world.Options.Layout == SceneLayout.Chapters)
            {
                scene.Container.Heading = heading;
            }
            else
            {
                scene.Prose[0] = world.Dice.Percent(60) ? "## " + heading : heading;
            }
        }

        string Far(World world, Scene scene) => One(world, world.Places.Where(place => place.Top != scene.Place.Top), "another place").Name;
        return new RuleFaults("state/setting")
            .Fault("another place", world => Head(world, scene => Far(world, scene).ToUpperInvariant(), true), Scripted)
            .Fault("INT./EXT.", world => Head(world, scene => Far(world, scene).ToUpperInvariant(), true, before: "INT./EXT. "), Scripted)
            .Fault("without a time", world => Head(world, scene => Far(world, scene).ToUpperInvariant(), true, "{0}{1}"), Scripted)
            .Fault("in small letters", world => Head(world, scene => Far(world, scene), true, before: "INT. "), Scripted)
            .Fault("another room of the house", world =>
            {
                var scene = One(world, world.Linear.Where(scene => scene.IsExact && scene.Place.Within is not null), "a scene in a room");
                var other = One(world, world.Places.Where(place => place.Within == scene.Place.Within && place != scene.Place), "another room");
                scene.Container.Heading = "INT. " + Mark(other.Name.ToUpperInvariant());
                if (world.Options.Layout == SceneLayout.Files)
                {
                    scene.Prose[0] = "## " + scene.Container.Heading;
                }
            }, Scripted)
            .Decoy("the house around it", world => Head(world, scene => scene.Place.Top.Name.ToUpperInvariant(), false), Scripted)
            .Decoy("a room within it", world =>
            {
                var scene = One(world, world.Linear.Where(scene => scene.Place == world.Places[0]), "a scene in the house");
                scene.Container.Heading = "INT. " + world.Places[2].Name.ToUpperInvariant();
                if (world.Options.Layout == SceneLayout.Files)
                {
                    scene.Prose[0] = "## " + scene.Container.Heading;
                }
            }, Scripted)
            .Decoy("a place that nobody knows", world => Head(world, _ => "A BOAT ON THE LAKE", false), Scripted);
    }

    private static WorldOptions Scripted(WorldOptions options) => options with { Headings = true, Exact = true };
}
