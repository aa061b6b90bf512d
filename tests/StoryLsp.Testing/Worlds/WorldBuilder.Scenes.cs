using System.Globalization;

namespace StoryLsp.Testing.Worlds;

public static partial class WorldBuilder
{
    private static void MakeScenes(World world)
    {
        var dice = world.Dice;
        var count = world.Options.Scenes;
        var titles = new HashSet<string>();
        var clock = world.IsDays ? FirstDay : new DateTime(world.Options.Year!.Value, dice.Between(1, 12), dice.Between(1, 28));
        world.MurderAfter = count >= 12 ? count * 35 / 100 : -1;
        var death = count * 6 / 10;
        if (count >= 12 && TimelineAt(world, death) == "linear")
        {
            world.People[6].Dies = death;
        }

        Scene? last = null;
        for (var i = 0; i < count; i++)
        {
            var timeline = TimelineAt(world, i);
            var scene = new Scene
            {
                Container = SceneContainer(world, i, titles),
                Index = i,
                Timeline = timeline,
                Pov = world.People[i % 5 is 1 or 3 && count >= 10 ? 1 : 0],
                Place = world.Places[0],
            };
            world.Scenes.Add(scene);
            if (scene.IsLinear)
            {
                Linear(world, scene, last, ref clock);
                last = scene;
            }
            else
            {
                Aside(world, scene, clock);
            }

            Fill(world, scene);
        }

        Finish(world);
    }

    private static string TimelineAt(World world, int i)
    {
        var count = world.Options.Scenes;
        if (count < 10 || i < 2 || i > count - 4 || i == world.MurderAfter || i == world.MurderAfter + 1)
        {
            return "linear";
        }

        var step = i % Math.Min(count, 40);
        return step == Math.Min(count, 40) * 3 / 10 - 1 ? "flashback"
            : step == Math.Min(count, 40) / 2 ? "dream"
            : count >= 15 && i < 40 && step == Math.Min(count, 40) * 7 / 10 ? "parallel"
            : count >= 18 && i < 40 && step == Math.Min(count, 40) * 8 / 10 ? "frame"
            : "linear";
    }

    private static Container SceneContainer(World world, int i, HashSet<string> titles)
    {
        var dice = world.Dice;
        var title = dice.Pick(Pool.TitleHeads) + " " + dice.Pick(Pool.TitleTails);
        for (var n = 2; !titles.Add(title); n++)
        {
            title = n < 20 ? dice.Pick(Pool.TitleHeads) + " " + dice.Pick(Pool.TitleTails) : dice.Pick(Pool.TitleHeads) + " " + dice.Pick(Pool.TitleTails) + " " + i;
        }

        var container = Entry(world, "scene", title);
        container.NameKey = "title";
        container.Stem = (i + 1).ToString("D" + world.Options.Scenes.ToString(CultureInfo.InvariantCulture).Length, CultureInfo.InvariantCulture) + "-" + Slug(title);
        container.Id = container.WritesId ? Slug(title) : world.Options.Layout == SceneLayout.Files ? container.Stem : Slug(title);
        return container;
    }

    private static void Linear(World world, Scene scene, Scene? last, ref DateTime clock)
    {
        var dice = world.Dice;
        // A long book must not last longer than its people.
        var isLong = world.Options.Scenes > 500;
        var mustBeExact = world.Options.Exact == true || scene.Index == 0 || scene.Index >= world.Options.Scenes - 3 ||
            scene.Index == world.MurderAfter || scene.Index == world.MurderAfter + 1 || (isLong && scene.Index % 25 != 0);
        var form = mustBeExact ? 99 : dice.Below(100);
        scene.Form = form < 8 ? WhenForm.Day : form < 16 && last is { IsExact: true } ? WhenForm.Relative : form < 22 ? WhenForm.Vague : form < 25 ? WhenForm.None : WhenForm.Exact;
        // A house is never far from its rooms: on one day, everything happens in and around one place.
        var sameDay = last is { IsExact: true } && scene.IsExact && last.Index != world.MurderAfter && last.End.Hour is >= 5 and <= 18 && last.End.Date == last.Start.Date && dice.Percent(30);
        if (sameDay)
        {
            scene.Start = last!.End.AddMinutes(10 * dice.Between(last.Minutes == 0 ? 12 : 2, 15));
            scene.Place = dice.Pick([.. world.Places.Where(place => place.Top == last.Place.Top && place.Until >= scene.Index)]);
        }
        else
        {
            var near = last is null || ((last.IsExact || last.Form == WhenForm.Day) && scene.HasDay);
            var days = last is null ? 0 : near ? dice.Between(1, isLong ? 1 : 6) : dice.Between(8, 12);
            scene.Start = clock.Date.AddDays(days).AddHours(dice.Pick(6, 9, 10, 12, 14, 15, 16, 18, 19, 20, 21, 22)).AddMinutes(10 * dice.Below(6));
            // There is time for every journey, also for those who are somewhere in the night of the death.
            while (last is not null && (scene.Start - last.End).TotalHours < (last.Index == world.MurderAfter ? 20 : 13))
            {
                scene.Start = scene.Start.AddDays(1);
            }

            scene.Place = dice.Pick([.. world.Places.Where(place => place.Until >= scene.Index)]);
        }

        if (scene.IsExact && (dice.Percent(70) || world.Options.Exact == true))
        {
            scene.Minutes = 10 * dice.Between(2, scene.Start.Hour > 20 ? 5 : 12);
        }

        clock = scene.Start;
        WriteTime(world, scene, last);
    }

    private static void WriteTime(World world, Scene scene, Scene? last)
    {
        var dice = world.Dice;
        var container = scene.Container;
        switch (scene.Form)
        {
            case WhenForm.Exact:
                container.Set("when", world.Stamp(scene.Start, true));
                if (dice.Percent(60))
                {
                    container.Set("time_of_day", Daypart(scene.Start.Hour));
                }

                break;
            case WhenForm.Day:
                container.Set("when", world.Stamp(scene.Start, false));
                break;
            case WhenForm.Relative:
                var days = (int)(scene.Start.Date - last!.Start.Date).TotalDays;
                var anchor = last.Container.WritesId ? last.Id : last.Container.Name;
                container.Set("when", dice.Below(4) switch
                {
                    0 => Node.Flow(("after", anchor), ("by", "P" + days + "D")),
                    1 => Node.Flow(("after", anchor), ("by", Node.List("P" + (days - 1) + "D", "P" + (days + 1) + "D"))),
                    2 => $"{days - 1} to {days + 1} days after {anchor}",
                    _ => $"{days} days after {anchor}",
                });
                break;
            case WhenForm.Vague when !world.IsDays:
                var (from, to) = (scene.Start.Date.AddDays(-2), scene.Start.Date.AddDays(2));
                container.Set("when", dice.Percent(60)
                    ? from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "/" + to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    : dice.Pick("c. ", "") is "c. " ? "c. " + scene.Start.Year : scene.Start.Year + "~");
                break;
        }

        if (scene.Minutes > 0)
        {
            switch (dice.Below(4))
            {
                case 0:
                    container.Set("until", world.Stamp(scene.End, true));
                    break;
                case 1:
                    container.Set("duration", scene.Minutes + " minutes");
                    break;
                default:
                    container.Set("duration", "PT" + (scene.Minutes >= 60 ? scene.Minutes / 60 + "H" : "") + (scene.Minutes % 60 > 0 ? scene.Minutes % 60 + "M" : ""));
                    break;
            }
        }
    }

    /// <summary>A word for the part of the day that holds by any reading.</summary>
    internal static string Daypart(int hour) => hour switch
    {
        >= 5 and < 9 => "morning",
        >= 9 and < 11 => "morning",
        >= 11 and < 14 => "noon",
        >= 14 and < 18 => "afternoon",
        >= 18 and < 21 => "evening",
        _ => "night",
    };

    private static void Aside(World world, Scene scene, DateTime clock)
    {
        var dice = world.Dice;
        scene.Container.Set("timeline", scene.Timeline);
        scene.Place = dice.Pick([.. world.Places.Where(place => place.Within is null && place.Until == int.MaxValue)]);
        if (scene.Timeline == "parallel")
        {
            scene.Container.Set("strand", "below stairs");
            scene.Start = clock.Date.AddDays(1).AddHours(15);
            scene.Form = WhenForm.Day;
            scene.Pov = world.People[0];
            scene.Container.Set("when", world.Stamp(scene.Start, false));
        }
        else if (scene.Timeline == "flashback" && !world.IsDays)
        {
            scene.Start = new DateTime(world.Options.Year!.Value - dice.Between(3, 9), dice.Between(1, 12), dice.Between(1, 28), 15, 0, 0);
            scene.Form = WhenForm.Vague;
            scene.Container.Set("when", dice.Below(4) switch
            {
                0 => "c. " + scene.Start.Year,
                1 => scene.Start.Year + "~",
                2 => scene.Start.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                _ => scene.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            });
        }
    }

    private static void Fill(World world, Scene scene)
    {
        var dice = world.Dice;
        var able = world.People.Where(person => person != scene.Pov && (IsAlive(world, person, scene.Index) || scene.Timeline is "flashback" or "dream")).ToList();
        scene.Cast.Add(scene.Pov);
        if (scene.Timeline == "parallel")
        {
            // Whoever else is somewhere that day must not be here as well.
            scene.Cast.Clear();
            scene.Pov = world.People[^1];
            scene.Cast.Add(scene.Pov);
            scene.Cast.Add(world.People[^2]);
        }
        else
        {
            able.RemoveAll(person => scene.IsLinear && (person == world.People[^1] || person == world.People[^2]));
            scene.Cast.AddRange(dice.Shuffled(able).Take(dice.Between(1, 3)));
        }

        if (scene.Index == world.People[6].Dies && !scene.Cast.Contains(world.People[6]))
        {
            scene.Cast.Add(world.People[6]);
        }

        if (scene.Index < 2 && world.MurderAfter >= 0 && !scene.Cast.Contains(world.People[3]))
        {
            scene.Cast.Add(world.People[3]);
        }

        if (dice.Percent(40))
        {
            scene.Mentions.AddRange(world.People.Where(person => !scene.Cast.Contains(person)).Take(1));
        }
    }

    /// <summary>Whether a person lives when a linear scene begins.</summary>
    internal static bool IsAlive(World world, Person person, int scene) => person.Dies >= scene && !(person == world.People[2] && world.MurderAfter >= 0 && scene > world.MurderAfter);

    private static void Finish(World world)
    {
        var dice = world.Dice;
        if (world.MurderAfter >= 0)
        {
            world.People[2].Dies = world.MurderAfter;
        }

        var perChapter = dice.Between(3, 6);
        foreach (var scene in world.Scenes)
        {
            var container = scene.Container;
            scene.Chapter = scene.Index / perChapter + 1;
            container.Set("pov", world.Ref(scene.Pov.Container));
            container.Set("characters", world.Refs(scene.Cast.Select(person => person.Container)));
            if (scene.Mentions.Count > 0)
            {
                container.Set("mentions", world.Refs(scene.Mentions.Select(person => person.Container)));
            }

            container.Set("location", world.Ref(scene.Place.Container));
            if (world.Options.Manuscript != true || dice.Percent(50) || world.Options.Layout == SceneLayout.Chapters)
            {
                container.Set("chapter", (scene.Index / perChapter + 1).ToString(CultureInfo.InvariantCulture));
                container.Set("order", (scene.Index % perChapter + 1).ToString(CultureInfo.InvariantCulture));
            }

            if (dice.Percent(30))
            {
                container.Set("status", dice.Pick("draft", "done", "revised"));
                container.Set("target_words", (100 * dice.Between(5, 15)).ToString(CultureInfo.InvariantCulture));
            }

            if (dice.Percent(40))
            {
                container.Set("synopsis", $"{scene.Pov.Given} learns less than there is to learn.");
            }
        }

        if (world.Options.Manuscript == true && dice.Percent(50) && world.Options.Layout == SceneLayout.Files)
        {
            foreach (var scene in world.Scenes)
            {
                scene.Container.Remove("chapter");
                scene.Container.Remove("order");
            }
        }
    }
}
