using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace DynamoBatch.Help;

/// <summary>Makes the help of the pages: DynamoBatch.Help pages assembly references output, as the build calls it.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is not [var docs, var assembly, var references, var output])
        {
            Say("DynamoBatch.Help: error DDBHELP: Give the folder of the pages, the assembly, a file that lists its references, and the folder for the help.");
            return 2;
        }

        var problems = new Problems();
        IReadOnlyList<Command> commands = CommandReader.Read(assembly, File.ReadAllLines(references));
        IReadOnlyList<Page> pages = Directory.GetFiles(docs, "*.md").Order(StringComparer.Ordinal).Select(Page.Read).ToList();
        IReadOnlyDictionary<string, string> files = HelpBuild.Run(commands, pages, problems);
        if (problems.Found.Count > 0)
        {
            foreach (string problem in problems.Found.Distinct())
            {
                Say(problem);
            }

            return 1;
        }

        Write(files, output);
        return 0;
    }

    private static void Write(IReadOnlyDictionary<string, string> files, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.GetFiles(folder, "about_*" + HelpBuild.TopicEnd).Where(f => !files.ContainsKey(Path.GetFileName(f))))
        {
            File.Delete(old);
        }

        foreach ((string name, string text) in files)
        {
            // A session that reads help meanwhile finds the old file or the new one.
            string path = Path.Combine(folder, name);
            string fresh = path + ".new";
            File.WriteAllText(fresh, text);
            File.Move(fresh, path, overwrite: true);
        }
    }

#pragma warning disable RS0030 // The build reads errors from the console.
    private static void Say(string line) => Console.Error.WriteLine(line);
#pragma warning restore RS0030
}
