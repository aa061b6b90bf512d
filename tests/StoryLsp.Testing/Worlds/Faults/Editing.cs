using System.Globalization;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>What planters do to worlds.</summary>
internal static class Editing
{
    public static WorldOptions Dated(WorldOptions options) => options with { Days = false, Exact = true };

    public static WorldOptions Exact(WorldOptions options) => options with { Exact = true };

    public static string Mark(string text) => Marks.Fault(text);

    /// <summary>Scenes on which nothing else rests: no effects, uses or knowledge, not the death's, and nobody counts days from them.</summary>
    public static IEnumerable<Scene> Free(World world) => world.Linear.Where(scene =>
        scene.IsExact && scene.Index > 1 && scene.Index < world.Scenes.Count - 3 && scene.Index != world.MurderAfter &&
        !scene.Container.Has("effects") && !scene.Container.Has("uses") && !scene.Container.Has("relies_on") && scene.Index != world.People[6].Dies &&
        !world.People.Exists(person => person.Hair.Exists(hair => hair.After == scene.Index)) && world.Scenes[scene.Index + 1].Form != WhenForm.Relative);

    /// <summary>A sentence in the middle of the prose, where a paragraph already is.</summary>
    public static void Say(World world, Scene scene, string sentence)
    {
        var at = scene.Prose.FindLastIndex(paragraph => !paragraph.StartsWith('#'));
        if (world.Dice.Percent(50))
        {
            scene.Prose.Insert(at + (world.Dice.Percent(50) ? 0 : 1), sentence);
        }
        else
        {
            scene.Prose[at] = world.Dice.Percent(50) ? scene.Prose[at] + " " + sentence : scene.Prose[at] + " " + sentence + " Then it was quiet again.";
        }
    }

    /// <summary>The first sentence of a scene, before all others.</summary>
    public static void Open(Scene scene, string sentence, bool replace = true)
    {
        var at = scene.Prose.FindIndex(paragraph => !paragraph.StartsWith('#'));
        if (replace)
        {
            scene.Prose.Insert(at, sentence);
        }
        else
        {
            scene.Prose[at] += " " + sentence;
        }
    }

    /// <summary>Prose that depends on nothing but who is there.</summary>
    public static void Neutral(World world, Scene scene)
    {
        var heading = scene.Prose.Find(paragraph => paragraph.StartsWith('#'));
        scene.Prose.Clear();
        if (heading is not null)
        {
            scene.Prose.Add("## " + ProseWriter.Heading(scene.Place, scene.IsExact ? scene.Start.Hour : 14));
        }

        foreach (var person in scene.Cast)
        {
            scene.Prose.Add(ProseWriter.Sentence(world, person));
        }

        foreach (var person in scene.Mentions)
        {
            scene.Prose.Add($"Somebody spoke of {ProseWriter.Name(world, person)}, and somebody else changed the subject.");
        }
    }

    /// <summary>The scene after, told without a word about the time that has passed.</summary>
    public static void NeutralAfter(World world, Scene scene)
    {
        if (world.Scenes.Find(other => other.IsLinear && other.Index > scene.Index) is { } next)
        {
            Neutral(world, next);
        }
    }

    /// <summary>Sets when a scene is, and tells it and the next without a word about it.</summary>
    public static void Retime(World world, Scene scene, DateTime start, int minutes, Func<string, Node>? written = null, bool until = false)
    {
        scene.Start = start;
        scene.Minutes = minutes;
        var stamp = world.Stamp(start, true);
        scene.Container.Set("when", written is null ? stamp : written(stamp));
        scene.Container.Remove("until");
        scene.Container.Remove("duration");
        if (scene.Container.Has("time_of_day"))
        {
            scene.Container.Set("time_of_day", WorldBuilder.Daypart(start.Hour));
        }

        if (minutes > 0)
        {
            scene.Container.Set(until ? "until" : "duration", until ? world.Stamp(scene.End, true) : world.Dice.Percent(50) ? "PT" + minutes + "M" : minutes + " minutes");
        }

        Neutral(world, scene);
        NeutralAfter(world, scene);
    }

    /// <summary>Sets who is in a scene, the first of them its point of view.</summary>
    public static void Recast(World world, Scene scene, params Person[] cast)
    {
        scene.Cast.Clear();
        scene.Cast.AddRange(cast);
        scene.Mentions.Clear();
        scene.Pov = cast[0];
        scene.Container.Remove("mentions");
        scene.Container.Set("pov", world.Ref(cast[0].Container));
        scene.Container.Set("characters", world.Refs(cast.Select(person => person.Container)));
        Neutral(world, scene);
    }

    /// <summary>Sets where a scene is.</summary>
    public static void Relocate(World world, Scene scene, Place place)
    {
        scene.Place = place;
        scene.Container.Set("location", world.Ref(place.Container));
        Neutral(world, scene);
    }

    /// <summary>A marked reference.</summary>
    public static Node Marked(World world, Container to) => Mark(to.WritesId && world.Dice.Percent(70) ? to.Id : to.Name);

    /// <summary>Marks one person in the list of those who are there.</summary>
    public static void MarkCast(World world, Scene scene, Person who)
    {
        scene.Container.Set("characters", Node.List([.. scene.Cast.Select(person => person == who ? Marked(world, person.Container) : world.Ref(person.Container))]));
    }

    /// <summary>Adds one person to those who are there, and names them in the prose.</summary>
    public static void Join(World world, Scene scene, Person who, bool mark)
    {
        scene.Cast.Add(who);
        if (scene.Mentions.Remove(who))
        {
            scene.Container.Set("mentions", world.Refs(scene.Mentions.Select(person => person.Container)));
        }

        scene.Container.Append("characters", mark ? Marked(world, who.Container) : world.Ref(who.Container));
        Say(world, scene, ProseWriter.Sentence(world, who));
    }

    /// <summary>A person whom nobody else knows of.</summary>
    public static Person Stranger(World world, string given = "Ottilie", string family = "Crabtree")
    {
        var container = new Container { Type = "character", Id = WorldBuilder.Slug(given), Name = (given + " " + family).Trim(), WritesId = world.Options.Ids == true, Stem = WorldBuilder.Slug(given + " " + family) };
        if (!container.WritesId)
        {
            container.Id = WorldBuilder.Slug(container.Name);
        }

        var person = new Person { Container = container, Given = given, Family = family, IsWoman = true, Eyes = "blue" };
        person.Hair.Add((-1, "black"));
        world.People.Add(person);
        return person;
    }

    /// <summary>A place that nobody else knows of, without ways to it.</summary>
    public static Place Clearing(World world, string name = "Glass Pavilion")
    {
        var place = new Place { Container = new Container { Type = "location", Id = WorldBuilder.Slug(name), Name = name, WritesId = world.Options.Ids == true, Stem = WorldBuilder.Slug(name) } };
        world.Places.Add(place);
        return place;
    }

    /// <summary>Another container.</summary>
    public static Container Other(World world, string type, string name)
    {
        var container = new Container { Type = type, Id = WorldBuilder.Slug(name), Name = name, WritesId = world.Options.Ids == true, Stem = WorldBuilder.Slug(name) };
        world.Others.Add(container);
        return container;
    }

    public static string Iso(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static T Need<T>(T? value, string reason)
        where T : class => value ?? throw new UnfitException(reason);

    public static T One<T>(World world, IEnumerable<T> of, string reason)
    {
        var list = of.ToList();
        return list.Count == 0 ? throw new UnfitException(reason) : world.Dice.Pick(list);
    }
}
