@echo off
rem Runs the command. Untested: Pinion is developed and tested on Linux and macOS.
setlocal enabledelayedexpansion
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if defined PINION_JAVA_HOME set "java=%PINION_JAVA_HOME%\bin\java"
set "cp="
set "modules="
for %%j in ("%home%\lib\*.jar") do (
  set "name=%%~nj"
  if "!name:~0,15!"=="pinion-gateway-" (set "modules=!modules!;%%j"
  ) else if "!name:~0,15!"=="pinion-inspect-" (set "modules=!modules!;%%j"
  ) else set "cp=!cp!;%%j"
)
"%java%" --add-modules=pinion.gateway,pinion.inspect ^
  --add-opens=java.base/java.lang=pinion.gateway,pinion.inspect ^
  --add-opens=java.base/sun.nio.ch=pinion.gateway -XX:+UseCompactObjectHeaders -XX:+UseSerialGC ^
  "-Dpinion.function=%home%\function" "-Dpinion.home=%home%" -p "!modules:~1!" -cp "!cp:~1!" dev.pinion.cli.PinionCommand %*
exit /b %ERRORLEVEL%
