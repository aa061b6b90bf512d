using System.Globalization;
using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>What people and readers cannot know yet.</summary>
internal static class KnowledgeFaults
{
    public static IEnumerable<RuleFaults> All() => [TooEarly(), Leak(), PovAbsent()];

    private static RuleFaults TooEarly()
    {
        void Rely(World world, Scene scene, Person who, Secret fact, bool mark, bool byPov = false)
        {
            var name = mark ? Marked(world, fact.Container) : world.Ref(fact.Container);
            scene.Container.Append("relies_on", byPov && who == scene.Pov ? name : Node.Flow(("who", mark ? Marked(world, who.Container) : world.Ref(who.Container)), ("fact", name)));
        }

        void Never(World world, bool byPov)
        {
            var fact = world.Facts[3];
            var scene = One(world, world.Linear.Where(scene => scene.IsExact && scene.Cast.Exists(person => !fact.Knows.ContainsKey(person)) && (!byPov || !fact.Knows.ContainsKey(scene.Pov))), "a scene");
            Rely(world, scene, byPov ? scene.Pov : world.Dice.Pick([.. scene.Cast.Where(person => !fact.Knows.ContainsKey(person))]), fact, true, byPov);
        }

        void Early(World world, bool before, bool mark)
        {
            var fact = world.Facts[1];
            var (who, learned) = fact.Knows.Select(pair => (pair.Key, pair.Value)).DefaultIfEmpty().First();
            Need(who, "somebody who learns");
            Rely(world, One(world, world.Linear.Where(scene => scene.IsExact && scene.Cast.Contains(who) && (before ? scene.Index < learned : scene.Index >= learned)), "a scene"), who, fact, mark);
        }

        return new RuleFaults("know/too-early")
            .Fault("never learned", world => Never(world, false), Exact)
            .Fault("never learned, by the point of view", world => Never(world, true), Exact)
            .Fault("learned later", world => Early(world, true, true), options => Exact(options) with { Scenes = Math.Max(18, options.Scenes) })
            .Decoy("learned before or just now", world => Early(world, false, false), Exact)
            .Decoy("known from the start", world => Rely(world, One(world, world.Linear.Where(scene => scene.Cast.Contains(world.People[1])), "a scene"), world.People[1], world.Facts[3], false))
            .Decoy("in a dream", world =>
            {
                var scene = One(world, world.Scenes.Where(scene => scene.Timeline == "dream"), "a dream");
                Rely(world, scene, scene.Pov, world.Facts[3], false, true);
            }, options => options with { Scenes = 14 });
    }

    private static RuleFaults Leak()
    {
        void Tell(World world, string sentence, bool early, Func<string, string>? form = null, bool mark = true)
        {
            var fact = world.Facts[0];
            var term = world.Dice.Pick(fact.Terms);
            var scene = One(world, world.Scenes.Where(scene => early ? scene.Index < fact.SecretUntil : scene.Index >= fact.SecretUntil), "a scene");
            var text = form is null ? term : form(term);
            Say(world, scene, string.Format(CultureInfo.InvariantCulture, sentence, mark ? Mark(text) : text));
        }

        return new RuleFaults("know/reveal-leak")
            .Fault("in a sentence", world => Tell(world, "There had been talk of a {0} in the town for years.", true))
            .Fault("in dialogue", world => Tell(world, "“I would call it {0},” said the driver.", true))
            .Fault("with a capital", world => Tell(world, "{0}: that was the word on the card.", true, Pool.Capital))
            .Fault("with emphasis", world => Tell(world, "On the card stood one word, *{0}*, and a date.", true))
            .Fault("in a title", world =>
            {
                var fact = world.Facts[0];
                var scene = One(world, world.Scenes.Where(scene => scene.Index < fact.SecretUntil && scene.Container.WritesId), "a scene");
                var title = Pool.Capital(fact.Terms[0]) + " by night";
                if (world.Entries.Concat(world.Scenes.Select(other => other.Container)).Any(other => other.Fields.Exists(field => field.Value.InLine(false).Contains(scene.Container.Name, StringComparison.Ordinal))))
                {
                    throw new UnfitException("a title by which nobody refers to the scene");
                }

                scene.Container.Name = Mark(title);
            }, options => options with { Ids = true, Layout = SceneLayout.Files }) // A chapter file has the title twice: above the scene and in its fence.
            .Fault("the statement itself", world =>
            {
                var fact = world.Facts[2];
                var statement = Marks.Strip(fact.Container.Get("statement")!.InLine(false)).Trim('"').TrimEnd('.');
                if (fact.Terms.Any(term => statement.Contains(term, StringComparison.OrdinalIgnoreCase)))
                {
                    throw new UnfitException("a statement without a term, which would be a fault of its own");
                }

                Say(world, One(world, world.Scenes.Where(scene => scene.Index < fact.SecretUntil), "a scene"), Mark(statement) + ".");
            }, options => options with { Scenes = Math.Max(12, options.Scenes) })
            .Decoy("late enough", world => Tell(world, "There had been talk of a {0} in the town for years.", false, null, false))
            .Decoy("a part of a word", world => Tell(world, "The sign said un{0}like and other nonsense.", true, null, false))
            .Decoy("in a synopsis", world => One(world, world.Scenes.Where(scene => scene.Index < world.Facts[0].SecretUntil), "a scene").Container.Set("synopsis", $"Here nobody knows yet about the {world.Facts[0].Terms[0]}."))
            .Decoy("in a comment", world => Tell(world, "The road was wet. <!-- here the {0} is prepared --> The sky was not.", true, null, false));
    }

    private static RuleFaults PovAbsent()
    {
        void Leave(World world, bool mark)
        {
            var scene = One(world, world.Linear.Where(scene => scene.Cast.Count > 1 && !scene.Container.Has("uses")), "a scene with others");
            scene.Container.Set("pov", mark ? Marked(world, scene.Pov.Container) : world.Ref(scene.Pov.Container));
            var others = scene.Cast.Where(person => person != scene.Pov).Select(person => person.Container);
            scene.Container.Set("characters", mark ? new Seq([.. others.Select(other => Mark(other.WritesId ? other.Id : other.Name)).Select(text => (Node)text)], world.Dice.Percent(60)) : world.Refs(others));
        }

        return new RuleFaults("know/pov-absent")
            .Fault("left out", world => Leave(world, true))
            .Fault("somebody else's eyes", world =>
            {
                var scene = One(world, world.Linear.Where(scene => scene.IsExact && !scene.Container.Has("uses") && !scene.Container.Has("relies_on")), "a scene");
                var other = One(world, world.People.Take(2).Where(person => !scene.Cast.Contains(person)), "somebody absent");
                scene.Container.Set("pov", Marked(world, other.Container));
                Say(world, scene, ProseWriter.Sentence(world, other));
            })
            .Fault("one of two", world => Leave(world, true))
            .Decoy("no list", world =>
            {
                var scene = One(world, world.Linear.Where(scene => scene.Cast.Count == 1 || true), "a scene");
                Recast(world, scene, scene.Pov);
                scene.Container.Remove("characters");
            }, options => options with { Scenes = 8 })
            .Decoy("by another of the names", world =>
            {
                var scene = One(world, world.Linear, "a scene");
                scene.Container.Set("pov", "[[" + scene.Pov.Name + "]]");
            });
    }
}
