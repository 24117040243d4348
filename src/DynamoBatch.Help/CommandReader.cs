using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace DynamoBatch.Help;

/// <summary>Reads the commands of an assembly from its metadata; nothing of it is run.</summary>
internal static class CommandReader
{
    private const string AllSets = "__AllParameterSets";

    /// <summary>Reads all commands.</summary>
    /// <param name="assembly">The path of the assembly.</param>
    /// <param name="references">The paths of what it was compiled against.</param>
    public static IReadOnlyList<Command> Read(string assembly, IEnumerable<string> references)
    {
        using var context = new MetadataLoadContext(new PathAssemblyResolver(references.Append(assembly)));
        return context.LoadFromAssemblyPath(assembly).GetTypes()
            .Where(t => !t.IsAbstract && Attributes(t, "CmdletAttribute").Any())
            .Select(ReadCommand)
            .OrderBy(c => c.Name, StringComparer.Ordinal)
            .ToList();
    }

    private static Command ReadCommand(Type type)
    {
        CustomAttributeData cmdlet = Attributes(type, "CmdletAttribute").Single();
        var declared = Properties(type)
            .SelectMany(p => Attributes(p, "ParameterAttribute").Select(a => (Set: Named<string>(a, "ParameterSetName") ?? AllSets, Parameter: ReadParameter(p, a))))
            .ToList();
        if (Named<bool>(cmdlet, "SupportsShouldProcess"))
        {
            declared.Add((AllSets, Switch("WhatIf", "wi")));
            declared.Add((AllSets, Switch("Confirm", "cf")));
        }

        string? first = Named<string>(cmdlet, "DefaultParameterSetName");
        List<string> names = declared.Select(d => d.Set).Where(s => s != AllSets).Prepend(first ?? AllSets).Distinct().ToList();
        if (first is null && names.Count > 1)
        {
            names.RemoveAt(0);
        }

        return new Command(
            string.Join('-', cmdlet.ConstructorArguments.Select(a => (string)a.Value!)),
            names.Select(n => new ParameterSet(n, declared.Where(d => d.Set == n || d.Set == AllSets).Select(d => d.Parameter).ToList())).ToList(),
            Attributes(type, "OutputTypeAttribute").SelectMany(OutputTypes).Distinct().ToList());
    }

    // The class first, then its bases.
    private static IEnumerable<PropertyInfo> Properties(Type type)
    {
        for (Type? each = type; each is not null && each.Namespace?.StartsWith("System", StringComparison.Ordinal) == false; each = each.BaseType)
        {
            foreach (PropertyInfo property in each.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                yield return property;
            }
        }
    }

    private static Parameter ReadParameter(PropertyInfo property, CustomAttributeData attribute)
    {
        Type type = property.PropertyType;
        if (type.IsGenericType && type.Name.StartsWith("Nullable", StringComparison.Ordinal))
        {
            type = type.GetGenericArguments()[0];
        }

        Type element = type.IsArray ? type.GetElementType()! : type;
        return new Parameter(
            property.Name,
            type.Name,
            Named<bool>(attribute, "Mandatory"),
            Named<int?>(attribute, "Position"),
            Named<bool>(attribute, "ValueFromPipeline"),
            Attributes(property, "SupportsWildcardsAttribute").Any(),
            Attributes(property, "AliasAttribute").SelectMany(a => Items(a.ConstructorArguments[0])).ToList(),
            element.IsEnum ? element.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.Name).ToList() : []);
    }

    private static Parameter Switch(string name, string alias) => new(name, Parameter.SwitchType, false, null, false, false, [alias], []);

    private static IEnumerable<string> OutputTypes(CustomAttributeData attribute) =>
        ((IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!).Select(a => a.Value as string ?? ((Type)a.Value!).FullName!);

    private static IEnumerable<string> Items(CustomAttributeTypedArgument argument) =>
        ((IEnumerable<CustomAttributeTypedArgument>)argument.Value!).Select(a => (string)a.Value!);

    private static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(a => a.AttributeType.Name == name);

    private static T? Named<T>(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => (T?)a.TypedValue.Value).FirstOrDefault();
}
