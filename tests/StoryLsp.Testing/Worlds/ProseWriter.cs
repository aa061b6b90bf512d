using System.Globalization;
using System.Text;

namespace StoryLsp.Testing.Worlds;

/// <summary>Prose that says nothing false: names, possessives, dialogue, dates with their weekdays, ages, eyes and hair.</summary>
internal static class ProseWriter
{
    private static readonly string[] Alone =
    [
        "{N} came in without knocking and put the lamp on the table.",
        "{N} said nothing for a while.",
        "Outside the rain had stopped, and {n} listened to the gutters.",
        "The letter lay where {n} had left it.",
        "\"You had better sit down,\" said {n}.",
        "“I never asked for that,” {n} said. “Nobody did.”",
        "There was a smell of wet wool, and {n} opened the window.",
        "{N} counted the steps, and then counted them again.",
        "Nobody had told {n} about the ladder.",
        "{N} kept both hands in view.",
        "It took {n} a moment to understand the question.",
        "The kettle had boiled dry, which {n} noticed last of all.",
        "{P} hands were cold.",
        "By the time the candle was down, {p} mind was made up.",
        "\"That is what I came to say,\" said {n}, and did not say it.",
        "{N} found the switch, or the place where a switch should have been.",
        "The dog lay down across the feet of {n} and would not be moved.",
    ];

    private static readonly string[] Pairs =
    [
        "{N} looked at {m} and then at the door.",
        "\"Did you lock it?\" said {n}. \"I did not,\" said {m}.",
        "{N} and {m} carried the trunk between them as far as the landing.",
        "{N} had {mp} coat over one arm.",
        "Neither {n} nor {m} wished to be the first to laugh.",
        "“Then we agree,” said {n}, and {m} nodded, having agreed to nothing.",
        "{N} left the talking to {m}.",
    ];

    private static readonly string[] Plain =
    [
        "The wind went round to the north.",
        "A clock struck somewhere below and was not answered.",
        "Hope was all that was left of the soup.",
        "There were four chairs and nobody to sit on two of them.",
        "The fire had been laid by someone who did not feel the cold.",
        "Dust lay on everything but the bottles.",
        "A cart went by, and the glasses spoke to each other on the shelf.",
    ];

    public static void WriteAll(World world)
    {
        foreach (var scene in world.Scenes)
        {
            Write(world, scene);
        }
    }

    /// <summary>A person by a short name where that is plain, else by the full one.</summary>
    public static string Name(World world, Person person, bool atStart = false)
    {
        var isCommon = Array.IndexOf(Pool.CommonWords, person.Given) >= 0;
        var isShared = world.People.Count(other => other.Family == person.Family) > 1;
        return world.Dice.Below(10) switch
        {
            0 => person.Given + " " + person.Family,
            2 when person.Alias is { } alias && !atStart => alias,
            1 when !isShared => (person.IsWoman ? "Miss " : "Mr. ") + person.Family,
            _ when isCommon && atStart => person.Given + " " + person.Family,
            _ => person.Given,
        };
    }

    public static string Possessive(string name, bool curly) => name + (curly ? "’s" : "'s");

    /// <summary>A sentence about a person.</summary>
    public static string Sentence(World world, Person person, Person? other = null)
    {
        var text = other is null ? world.Dice.Pick(Alone) : world.Dice.Pick(Pairs);
        var curly = text.Contains('“', StringComparison.Ordinal) || world.Dice.Percent(30);
        text = text.Replace("{N}", Name(world, person, true), StringComparison.Ordinal)
            .Replace("{n}", Name(world, person), StringComparison.Ordinal)
            .Replace("{P}", Possessive(Name(world, person, true), curly), StringComparison.Ordinal)
            .Replace("{p}", Possessive(Name(world, person), curly), StringComparison.Ordinal);
        return other is null ? text
            : text.Replace("{m}", Name(world, other), StringComparison.Ordinal).Replace("{mp}", Possessive(Name(world, other), curly), StringComparison.Ordinal);
    }

    /// <summary>The words for so many days after a scene, or null where none fit.</summary>
    public static string? Later(Dice dice, int days, int hour) => days switch
    {
        1 when hour is >= 5 and < 12 && dice.Percent(50) => "The next morning",
        1 => dice.Pick("The next day", "A day later", "One day later"),
        > 1 and < 7 => dice.Pick(Pool.Capital(Pool.Words(days)) + " days later", days + " days later", Pool.Capital(Pool.Words(days)) + " days after that"),
        _ => null,
    };

    /// <summary>A date with its weekday, as writers give it.</summary>
    public static string Dated(Dice dice, DateTime day, DayOfWeek? weekday = null)
    {
        var name = (weekday ?? day.DayOfWeek).ToString();
        var month = Pool.Months[day.Month - 1];
        return dice.Below(5) switch
        {
            0 => $"{name}, {month} {day.Day}, {day.Year}",
            1 => $"{name}, {day.Day} {month} {day.Year}",
            2 => $"{name} {day.Day} {month} {day.Year}",
            3 => $"{name}, {month} {Pool.Ordinal(day.Day)}, {day.Year}",
            _ => $"{name}, the {Pool.Ordinal(day.Day)} of {month} {day.Year}",
        };
    }

    /// <summary>The heading of a scene as a script has it.</summary>
    public static string Heading(Place place, int hour) =>
        (place.Within is null ? "EXT. " : "INT. ") + place.Name.ToUpperInvariant() + " - " + (hour is >= 6 and <= 18 ? "DAY" : hour is 19 ? "EVENING" : "NIGHT");

    /// <summary>A script in Fountain with two of the people.</summary>
    public static string Script(World world)
    {
        var (one, two) = (world.People[0], world.People[1]);
        var script = new StringBuilder();
        script.Append("Title: A teaser\nCredit: for the wireless\n\n");
        foreach (var place in new[] { world.Places[0], world.Places[^2] })
        {
            script.Append(Heading(place, 14)).Append("\n\nA door. Rain, and then no rain.\n\n");
            script.Append(one.Name.ToUpperInvariant()).Append("\nWho put out the lamp?\n\n");
            script.Append(two.Name.ToUpperInvariant()).Append("\n(quietly)\nNobody. It was never lit.\n\n");
            script.Append(one.Given).Append(' ').Append(one.Family).Append(" crosses to the window.\n\n");
        }

        return script.ToString();
    }

    private static void Write(World world, Scene scene)
    {
        var dice = world.Dice;
        if (world.Options.Headings == true && world.Options.Layout == SceneLayout.Files && scene.Timeline != "dream")
        {
            scene.Prose.Add("## " + Heading(scene.Place, scene.IsExact ? scene.Start.Hour : 14));
        }

        var paragraphs = new List<List<string>> { new(), new(), new() };
        paragraphs[0].Add(Opening(world, scene));
        foreach (var person in scene.Cast)
        {
            dice.Pick(paragraphs).Add(Sentence(world, person, dice.Percent(30) && scene.Cast.Count > 1 ? dice.Pick([.. scene.Cast.Where(other => other != person)]) : null));
        }

        foreach (var person in scene.Mentions)
        {
            paragraphs[1].Add($"Somebody spoke of {Name(world, person)}, and somebody else changed the subject.");
        }

        if (dice.Percent(40))
        {
            paragraphs[2].Add(Truth(world, scene, dice.Pick(scene.Cast)));
        }

        if (dice.Percent(25))
        {
            paragraphs[2].Add($"There was no way from here to {scene.Place.Name} that did not pass the kitchen.");
        }

        if (dice.Percent(15))
        {
            var person = dice.Pick(scene.Cast);
            paragraphs[1].Add($"They had all heard about [[{(person.Container.WritesId ? person.Id : person.Name)}|{person.Given}]] by then.");
        }

        paragraphs[1].Add(dice.Pick(Plain));
        paragraphs[2].Add(Sentence(world, dice.Pick(scene.Cast)));
        scene.Prose.AddRange(paragraphs.Select(sentences => string.Join(' ', sentences)));
    }

    private static string Opening(World world, Scene scene)
    {
        var dice = world.Dice;
        var before = world.Before(scene);
        // The scene before must be the one before in the narrative, or the words could be meant for another.
        if (scene.IsLinear && scene.HasDay && before is { HasDay: true } && before.Index == scene.Index - 1 && dice.Percent(35))
        {
            var later = Later(dice, (int)(scene.Start.Date - before.Start.Date).TotalDays, scene.IsExact ? scene.Start.Hour : 20);
            if (later is not null)
            {
                return later + ", " + Name(world, scene.Pov) + dice.Pick(" was still at it.", " had not slept.", " found the door open.");
            }
        }

        if (!world.IsDays && scene.HasDay && scene.IsLinear && dice.Percent(25))
        {
            return dice.Pick("On ", "It was ") is "On "
                ? $"On {Dated(dice, scene.Start)}, {Name(world, scene.Pov)} woke too late."
                : $"It was {Dated(dice, scene.Start)}, and {Name(world, scene.Pov)} had nothing to show for it.";
        }

        return Sentence(world, scene.Pov);
    }

    /// <summary>A sentence that gives an age or a colour, rightly.</summary>
    private static string Truth(World world, Scene scene, Person person)
    {
        var dice = world.Dice;
        if (!scene.IsLinear)
        {
            return Sentence(world, person);
        }

        if (person.Born is not null && scene.HasDay && dice.Percent(40) && person.AgeAt(scene.Start) < 100)
        {
            return Age(world, person, person.AgeAt(scene.Start), dice.Below(4));
        }

        return dice.Percent(50)
            ? $"{Possessive(person.Given, dice.Percent(40))} {person.Eyes} eyes went from one to the other."
            : $"{Possessive(person.Given, dice.Percent(40))} {person.HairAt(scene.Index)} hair was wet.";
    }

    /// <summary>A sentence that gives an age.</summary>
    public static string Age(World world, Person person, int age, int form, Func<string, string>? mark = null)
    {
        mark ??= text => text;
        var words = Pool.Words(age);
        var name = person.Given + " " + person.Family;
        return form switch
        {
            0 => $"{name}, aged {mark(age.ToString(CultureInfo.InvariantCulture))}, had never seen the sea.",
            1 => $"{name} was {mark(words)} years old and had no wish to be older.",
            2 => $"{name} was {mark(age.ToString(CultureInfo.InvariantCulture))} years old and had no wish to be older.",
            3 => $"{name}, aged {mark(words)}, had never seen the sea.",
            4 => $"The {mark(words)}-year-old {person.Given} had never seen the sea.",
            _ => $"The {mark(age.ToString(CultureInfo.InvariantCulture))}-year-old {person.Given} had never seen the sea.",
        };
    }
}
